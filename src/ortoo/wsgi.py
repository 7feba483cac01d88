"""The door for WSGI servers: `granian --interface wsgi ortoo.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ortoo.settings")

application = get_wsgi_application()
