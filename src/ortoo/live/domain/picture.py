"""A photograph that somebody sent, made anew: bounded, turned upright, without place, time or camera in it."""

import io
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from ortoo.kernel.refused import Refused

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_BYTES = 12 * 1024 * 1024
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 1920
QUALITY = 82


class PictureTooBig(Refused):
    sentence = _("The photograph is too big: 12 MB and 60 million pixels at most.")
    status = 413


class NotAPicture(Refused):
    sentence = _("This is no photograph that can be read: send a JPEG, PNG or WebP file.")
    status = 415


@dataclass(frozen=True)
class Picture:
    """A JPEG with nothing in it but the picture; width and height in pixels."""

    data: bytes
    width: int
    height: int


def made_anew(sent: bytes) -> Picture:
    """The picture, re-encoded with its longer side at most `LONGEST_SIDE`; what isn't a whole picture is refused."""
    if len(sent) > MOST_BYTES:
        raise PictureTooBig
    try:
        with Image.open(io.BytesIO(sent), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise PictureTooBig
            return _encoded(opened)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise PictureTooBig from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        # What the library raises on a broken file differs by format; none of it is ours.
        raise NotAPicture from error


def _encoded(opened: Image.Image) -> Picture:
    upright = ImageOps.exif_transpose(opened)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    plain = Image.new("RGB", upright.size, "white")
    # Pasted on a new ground, so that neither transparency nor anything written beside the picture comes along.
    shown = upright.convert("RGBA")
    plain.paste(shown, mask=shown.getchannel("A"))
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=QUALITY)
    return Picture(out.getvalue(), plain.width, plain.height)
