"""A small part of the trial "papers": changed files cost an answer, and the next one is served."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from intranet.files import actions
from intranet.files.models import Content
from tests.faults.mutations import mutations


def test_changed_file_is_taken_in_or_refused_with_a_sentence(client, owner, settings):
    client.force_login(owner)
    settings.SOFFICE = "none"
    answers = {200: 0, 400: 0}
    for name, data in mutations(60, seed=11):
        answer = client.post(reverse("files:upload"), {"file": SimpleUploadedFile(name, data)})
        assert answer.status_code in answers, (name, answer.content)
        answers[answer.status_code] += 1
        assert answer.status_code == 200 or answer.json()["error"].endswith(".")
    assert all(answers.values())
    for content in Content.objects.all()[:12]:
        actions.read_content(content)
        assert content.state in ("ready", "refused")
