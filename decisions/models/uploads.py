"""What staff send in through the admin."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Upload(models.Model):
    """What a member of staff sent in one go: reviewed first, then confirmed, then taken in.

    `results` has one entry a decision file, as `uploads.result_to_json` makes it: before the
    decisions are taken in what would be done, afterwards what was done; None before the review.
    """

    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False
    )
    uploaded_at = models.DateTimeField(db_default=Now(), editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    imported_at = models.DateTimeField(null=True, editable=False)
    results = models.JSONField(null=True, editable=False)

    # The review or the taking in that was begun and has not come to its end.
    started_at = models.DateTimeField(null=True, editable=False)
    done = models.PositiveIntegerField(default=0, editable=False)
    total = models.PositiveIntegerField(null=True, editable=False)  # None until it is counted
    failure = models.TextField(default="", editable=False)  # why it ended early

    # Taking in was interrupted and begun anew: what was in by then is in the results as unchanged.
    restarted = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self):
        return f"Upload {self.pk}"


class UploadedFile(models.Model):
    """One file of an upload as the browser sent it; a zip stays a zip."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="files")
    name = models.TextField()
    content = models.BinaryField()

    def __str__(self):
        return self.name
