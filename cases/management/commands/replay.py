from cases.management.english import EnglishCommand
from cases.publication.replay import replay


class Command(EnglishCommand):
    help = "Rebuild the record tables from the ledger, in one transaction; readers see the old ones until it commits."

    def handle(self, *_args: str, **_options: object) -> None:
        def progress(seq: int) -> None:
            if seq % 500 == 0:
                self.stdout.write(f"… {seq}")

        self.stdout.write(f"Replayed {replay(progress)} revisions.")
