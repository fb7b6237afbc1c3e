from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailboxConfig(AppConfig):
    name = "mailbox"

    def ready(self) -> None:
        from intranet.desk import registry as desk
        from intranet.files import registry as files
        from intranet.live import registry as live

        from . import actions, queries
        from .live.topics import MailboxTopic

        live.register(MailboxTopic())
        files.register_grant("mailbox", queries.access_to_file)
        desk.register_menu(
            desk.MenuEntry(
                label=_("Mailbox"),
                url_name="mailbox:inbox",
                icon="mail",
                order=20,
                badge=queries.unread_count,
                badge_name="mailbox",
                rings=True,
            )
        )
        desk.register_mailer(actions.deliver)
        desk.register_script(
            desk.Script("mailbox/js/bell.js", "mailbox-facts", lambda person: {"owner": str(person.pk)})
        )
        desk.register_card(
            desk.Card(name="mailbox", template="mailbox/card.html", order=20, context=queries.card_for)
        )
