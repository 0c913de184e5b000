"""How people and programs reach Pincite: the command line, the web page with its HTTP API, and exports."""
