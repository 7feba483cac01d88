"""Reading returns: files in, people, rows and problems out. Pure: no models, no database, no clock."""
