"""The protocol browser and the route finder, for every member of staff. They ask the engine and show what it says."""
