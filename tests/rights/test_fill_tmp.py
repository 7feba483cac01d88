import pytest
from tests.rights.test_rights import ROWS, _status, ROLES, build_cast


@pytest.mark.django_db
def test_fill():
    cast = build_cast()
    with open("/tmp/bash_jobs.0/fill.out", "w") as f:
        for row in ROWS:
            s = []
            for r in ROLES:
                try:
                    s.append(str(_status(row, cast, r)))
                except BaseException as e:
                    s.append("999")
                    print(row.title, r, type(e), e)
            f.write(f"{row.title}|{row.kwargs.__name__}|{' '.join(s)}\n")
