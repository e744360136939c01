"""The Telaah Staf as a Word document that people can edit further."""
