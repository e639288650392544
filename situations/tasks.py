"""Which of this app's verbs does a worker run? What was just owed; the clock's are in situation_table/sweeps.py."""

from celery import shared_task

from situations import outbox


@shared_task(name="situations.process", acks_late=True)
def process(outbox_id: str) -> bool:
    """Do one owed effect. The task holds an id, and may run twice without harm."""
    return outbox.process_one(outbox_id)
