"""Many clerks at once against the running product: their counties, quotas, people and sign-ins, and how they send forms."""

import http.client
import re
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

# Run in a process of its own on the product's database; prints a line for each clerk.
BUILD = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from ortoo.kernel.actor import SYSTEM
from ortoo.participation.domain.quota import Share, pass_on, set_total
from ortoo.participation.quotas.models import Quota
from ortoo.people.domain.person import PersonDraft, record_persons
from ortoo.people.domain.unit import UnitDraft, record_units
from ortoo.people.models import Account, Role, Unit
from ortoo.programmes.domain.leg import LegDraft, set_legs
from ortoo.programmes.domain.programme import open_programme, start_programme
from datetime import date

counties, clerks, seats = {counties}, {clerks}, {seats}
drafts = [UnitDraft("15", "区", "region"), UnitDraft("1501", "市", "prefecture", "15")]
drafts += [UnitDraft(f"15{{n:04}}", f"县{{n}}", "county", "1501") for n in range(counties)]
record_units(drafts, by=SYSTEM)
units = list(Unit.objects.filter(kind="county").order_by("code"))
people = [PersonDraft(f"{{n:03}}{{k:03}}", f"人{{n}}甲{{k}}", "男", unit.pk) for n, unit in enumerate(units) for k in range(clerks)]
record_persons(people, by=SYSTEM)
programme = start_programme("轮训", unit=Unit.objects.get(code="15"), base=None, by=SYSTEM)
set_legs(programme, [LegDraft("第一期", date(2030, 3, 1), date(2030, 3, 20))], by=SYSTEM)
open_programme(programme, by=SYSTEM)
total = set_total(programme, None, counties * seats, by=SYSTEM)
prefecture = Unit.objects.get(code="1501")
pass_on(total, {{prefecture: Share(counties * seats)}}, by=SYSTEM)
pass_on(Quota.objects.get(unit=prefecture), {{unit: Share(seats) for unit in units}}, by=SYSTEM)
for unit in units:
    quota, persons = Quota.objects.get(unit=unit), list(unit.persons.order_by("staff_no"))
    for person in persons:
        account = Account(username=person.staff_no, must_change_password=False)
        account.set_unusable_password()
        account.save()
        Role.objects.create(account=account, kind="clerk", unit=unit)
        session = SessionStore()
        session.update({{SESSION_KEY: str(account.pk), BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend"}})
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        session.save()
        print(programme.key, quota.pk, person.pk, session.session_key)
"""
COUNT = """
import django; django.setup()
from ortoo.participation.quotas.models import Candidate, Quota
for quota in Quota.objects.filter(unit__kind="county").order_by("pk"):
    print(quota.pk, quota.given, quota.filled, quota.candidates.count())
"""
TOKEN = "t" * 32


@dataclass(frozen=True)
class Clerk:
    """Somebody signed in who wants to put one person forward against one quota."""

    key: str
    quota: int
    person: int
    session: str

    @property
    def page(self) -> str:
        """Where it puts people forward."""
        return f"/p/{self.key}/quotas/{self.quota}/people/"

    def look(self, url: str) -> tuple[int, str]:
        """Status and text of the page."""
        return self._ask(url, "GET", self.page)

    def propose(self, url: str) -> tuple[int, str]:
        """Send the form as the page does, which gets what is new on it."""
        return self._ask(url, "POST", f"{self.page}add/", {"person": self.person})

    def only_sign_in(self, url: str) -> int:
        """Status of what is refused as soon as it is known who asks: 405, since the form is sent and not fetched."""
        return self._ask(url, "GET", f"{self.page}add/")[0]

    def withdraw(self, url: str) -> tuple[int, str]:
        """Take back whom the page lists; 302 when the form was taken. A page that lists nobody is only looked at."""
        status, text = self.look(url)
        found = re.search(r'name="candidate" value="(\d+)"', text)
        if status != 200 or found is None:
            return status, text
        return self._ask(url, "POST", f"{self.page}withdraw/", {"candidate": found[1]})

    def _ask(self, url: str, method: str, path: str, form: dict[str, object] | None = None) -> tuple[int, str]:
        parts = urlsplit(url)
        link = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        sent = f"ortoo_session={self.session}; csrftoken={TOKEN}"
        heads = {"Cookie": sent, "Content-Type": "application/x-www-form-urlencoded", "Accept-Language": "en"}
        if path.endswith("/add/"):
            heads["HX-Request"] = "true"
        body = urlencode({**form, "csrfmiddlewaretoken": TOKEN}) if form else None
        try:
            link.request(method, path, body, heads)
            answer = link.getresponse()
            return answer.status, answer.read().decode()
        finally:
            link.close()


def clerks_in(printed: str) -> list[Clerk]:
    """The clerks that BUILD has printed."""
    rows = [line.split() for line in printed.splitlines()]
    return [Clerk(key, int(quota), int(person), session) for key, quota, person, session in rows]


def at_once(clerks: Sequence[Clerk], url: str) -> list[tuple[int, str, float]]:
    """All of them propose at the same moment: status, text and seconds of each, in their order."""
    start, found = threading.Barrier(len(clerks)), [(0, "", 0.0)] * len(clerks)

    def one(number: int, clerk: Clerk) -> None:
        start.wait()
        began = time.perf_counter()
        status, text = clerk.propose(url)
        found[number] = (status, text, time.perf_counter() - began)

    threads = [threading.Thread(target=one, args=each) for each in enumerate(clerks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
