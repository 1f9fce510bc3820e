"""Progress for those who pass a function."""

from asdelivered.align import OnProgress


def test_a_function_hears_of_each_step_from_nothing_to_all() -> None:
    heard: list[tuple[str, float, float]] = []
    observer = OnProgress(lambda step, done, total: heard.append((step, done, total)))
    observer.started("listening", 60.0)
    observer.started("aligning", 58.0)
    observer.advanced("listening", 30.0)
    observer.finished("listening")
    observer.noted("a pin counts for nothing")
    assert heard == [
        ("listening", 0.0, 60.0),
        ("aligning", 0.0, 58.0),
        ("listening", 30.0, 60.0),
        ("listening", 60.0, 60.0),
    ]
