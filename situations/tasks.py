"""Which of this app's verbs run in the background? Each holds an id or nothing, and may run twice without harm."""

from celery import shared_task

from situations import outbox, retention


@shared_task(name="situations.process", acks_late=True)
def process(outbox_id: str) -> bool:
    """Do one owed effect."""
    return outbox.process_one(outbox_id)


@shared_task(name="situations.sweep", acks_late=True)
def sweep() -> int:
    """Do whatever is owed and not done."""
    return outbox.sweep()


@shared_task(name="situations.retain", acks_late=True)
def retain() -> int:
    """Destroy what outlived its retention."""
    return retention.sweep()
