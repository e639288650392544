"""Which of this app's verbs run in the background? The sealer, and the end of destroyed keys. Idempotent both."""

from celery import shared_task

from privacy import destruction, sealer


@shared_task(name="privacy.seal", acks_late=True)
def seal() -> int:
    """Seal the ledger and write checkpoints."""
    return sealer.seal()


@shared_task(name="privacy.finish_destruction", acks_late=True)
def finish_destruction() -> int:
    """Delete the keys of committed tombstones."""
    return destruction.finish_all()
