"""What holds for all tests."""

import signal

from hypothesis import HealthCheck, settings

# A law is about what comes out, not about how fast the machine is that tests it, which may be busy with something else.
settings.register_profile("laws", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("laws")

# Jobs that a shell puts into the background ignore Ctrl-C, and so would the programs that tests start and interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
