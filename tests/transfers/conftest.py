from tests.transfers.cast import group_manager, receiving_worker, service_manager  # noqa: F401
