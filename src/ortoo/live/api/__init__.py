"""What programs may do with viewing sites and with the ledger of reach."""

from ninja import Router

from ortoo.live.api import reach, sites

router = Router()
router.add_router("", sites.router)
router.add_router("", reach.router)
