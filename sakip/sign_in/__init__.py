"""How people sign in and out: accounts, passwords, guessing, second factors, the province's provider, sessions."""
