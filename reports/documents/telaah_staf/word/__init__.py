"""The Telaah Staf as a Word document, made to be edited further."""
