"""What the record of changes calls each verb and each field on screen. A test holds it against the verbs in the code."""

from functools import cache

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
VERBS: dict[str, Text] = {
    "add_delegation": _("added a delegation"),
    "add_duty": _("added a duty"),
    "add_hall": _("offered a hall"),
    "add_person": _("added a person"),
    "add_speaker": _("added a speaker"),
    "add_talk": _("added a talk"),
    "add_unit": _("added a unit"),
    "adopt_plan": _("planned with the changes adopted"),
    "apply_return": _("applied a return"),
    "build_demo": _("built the demo"),
    "change_consent": _("changed a consent"),
    "change_delegation": _("changed a delegation"),
    "change_duty": _("changed a duty"),
    "change_hall": _("changed a hall"),
    "change_nomination": _("changed a nomination"),
    "change_person": _("changed a person"),
    "change_places": _("changed places given"),
    "change_programme": _("changed a programme"),
    "change_rules": _("changed the rules"),
    "change_site": _("changed a viewing site"),
    "change_speaker": _("changed a speaker"),
    "change_state": _("opened, closed or published a programme"),
    "change_talk": _("changed a talk"),
    "change_teller": _("changed who tells a talk"),
    "change_unit": _("changed a unit"),
    "choose_language": _("chose a language"),
    "choose_password": _("chose a password"),
    "claim_seats": _("claimed seats"),
    "comment_script": _("commented on a script"),
    "copy_duties": _("copied duties"),
    "copy_plan": _("copied a plan"),
    "count_heads": _("counted heads"),
    "decide_problem": _("decided a question of a return"),
    "download": _("downloaded a list"),
    "download_nominations": _("downloaded nominations"),
    "drop_plan": _("dropped a plan"),
    "end_token": _("ended a key"),
    "enter_reach": _("entered a figure of reach"),
    "give_back_seats": _("gave seats back"),
    "give_places": _("gave places"),
    "give_programme_role": _("gave a role in a programme"),
    "give_role": _("gave a role"),
    "give_seats": _("gave seats"),
    "keep_photograph": _("sent a photograph"),
    "let_count_stand": _("let a struck count stand again"),
    "let_sign_in": _("shut or opened an account"),
    "make_token": _("made a key"),
    "mark_arrived": _("marked somebody as arrived"),
    "match_columns": _("matched columns of a return"),
    "moderate": _("decided on a text"),
    "move_by_hand": _("moved somebody by hand"),
    "move_talk": _("moved a talk in the running order"),
    "name_addressee": _("let somebody be written to"),
    "name_seats": _("wrote names on seats"),
    "name_understudy": _("named an understudy"),
    "nominate": _("nominated"),
    "open_account": _("opened an account"),
    "pass_seats": _("passed seats on"),
    "pin": _("pinned a person to a term"),
    "publish": _("published a plan"),
    "put_blocks": _("laid the seats of a hall out"),
    "put_talk_on": _("put a talk into the running order"),
    "receive_return": _("received a return"),
    "record_rehearsal": _("wrote a rehearsal down"),
    "register_site": _("registered a viewing site"),
    "remove_addressee": _("took somebody off the list of those written to"),
    "remove_delegation": _("removed a delegation"),
    "remove_duty": _("removed a duty"),
    "remove_hall": _("removed a hall"),
    "remove_leg": _("removed a term or stop"),
    "remove_person": _("removed a person"),
    "remove_photograph": _("removed a photograph"),
    "remove_programme": _("removed a programme"),
    "remove_rehearsal": _("removed a rehearsal"),
    "remove_site": _("took a viewing site off the list"),
    "remove_speaker": _("removed a speaker"),
    "remove_talk": _("removed a talk"),
    "remove_unit": _("removed a unit"),
    "renew_calendar": _("made a new link for a calendar"),
    "renew_desk_link": _("made a new link for messages"),
    "renew_site_link": _("made a new link for a viewing site"),
    "reset_password": _("gave a new password"),
    "restore_reach": _("restored a figure of reach"),
    "say_screen": _("said how a screen is"),
    "send_message": _("wrote to the speakers"),
    "set_duties": _("set the duties"),
    "set_leg": _("set a term or stop"),
    "settle_stop": _("settled the day and hall of a stop"),
    "sign_in": _("signed in"),
    "sign_script": _("signed a script off"),
    "start_plan": _("started planning"),
    "start_programme": _("started a programme"),
    "stop_calendar": _("stopped the link of a calendar"),
    "strike_count": _("struck out a count"),
    "take_over": _("took over the data"),
    "take_places_back": _("took places back"),
    "take_programme_role": _("took back a role in a programme"),
    "take_reach_back": _("took back a figure of reach"),
    "take_reflection_back": _("removed their reflection"),
    "take_role": _("took back a role"),
    "take_talk_off": _("took a talk out of the running order"),
    "take_tick_back": _("took back a tick"),
    "test_line": _("tested a line"),
    "tick_off": _("ticked off a duty"),
    "turn_desk": _("opened or closed the messages of a stop"),
    "undo_return": _("undid a return"),
    "unmark_arrived": _("took an arrival back"),
    "unpin": _("took a pin away"),
    "unsign_script": _("took the sign-off of a script back"),
    "withdraw": _("withdrew a plan"),
    "withdraw_nomination": _("withdrew a nomination"),
    "write_lesson": _("wrote a lesson down"),
    "write_reflection": _("wrote a reflection"),
    "write_script": _("wrote a version of a script"),
}
NOUNS: dict[str, Text] = {
    "account": _("account"),
    "addressee": _("somebody to write to"),
    "apitoken": _("key for programs"),
    "delegation": _("delegation"),
    "delivery": _("return"),
    "duty": _("duty"),
    "hall": _("hall"),
    "leg": _("term or stop"),
    "messagedesk": _("messages of a stop"),
    "nomination": _("nomination"),
    "person": _("person"),
    "plan": _("plan"),
    "problem": _("question of a return"),
    "programme": _("programme"),
    "reachentry": _("figure of reach"),
    "reflection": _("reflection"),
    "returnfile": _("returned file"),
    "rules": _("rules"),
    "sitephotograph": _("photograph"),
    "speaker": _("speaker"),
    "speakermessage": _("message to speakers"),
    "talk": _("talk"),
    "unit": _("unit"),
    "viewingsite": _("viewing site"),
}


def verb_said(verb: str) -> str:
    """A verb in the reader's language."""
    return str(VERBS.get(verb, verb.replace("_", " ")))


def noun_said(noun: str) -> str:
    """A kind of thing in the reader's language."""
    return str(NOUNS.get(noun, noun))


def field_said(noun: str, name: str) -> str:
    """A field of such a thing in the reader's language."""
    model = _models().get(noun)
    try:
        found = model._meta.get_field(name.removesuffix("_id")) if model else None
    except FieldDoesNotExist:
        return name
    return str(getattr(found, "verbose_name", name))


@cache
def _models() -> dict[str, type[Model]]:
    return {model._meta.model_name or "": model for model in apps.get_models()}
