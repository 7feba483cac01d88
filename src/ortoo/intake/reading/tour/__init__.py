"""Reading a tour's plan: stops with halls and free days, speakers, delegations. Pure: no models, no database, no clock."""
