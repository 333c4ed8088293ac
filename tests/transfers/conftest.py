from tests.transfers.cast import council, group_manager, receiving_worker, service_manager  # noqa: F401
