"""The one-shot command: a tour's plan in, the route, the itineraries and the seats out, without a server or a database."""
