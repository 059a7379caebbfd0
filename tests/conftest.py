"""What holds for all tests."""

from hypothesis import HealthCheck, settings

# A law is about what comes out, not about how fast the machine is that tests it, which may be busy with something else.
settings.register_profile("laws", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("laws")
