"""The settings of a process under trial: as used, or as the suite's when DINH_TRIAL is "suite".

FAULTY_LAYER=0.3 makes the layer between processes lose, double and delay three messages in ten.
"""

import os

if os.environ.get("DINH_TRIAL") == "suite":
    from intranet.config.settings.test import *  # noqa: F403
else:
    from intranet.config.settings.production import *  # noqa: F403

if files := os.environ.get("DINH_TRIAL_FILES"):
    FILES_ROOT = files
if REDIS_URL:  # noqa: F405
    CHANNEL_LAYERS["default"]["CONFIG"]["prefix"] = "dinh-trial"  # noqa: F405
if share := os.environ.get("FAULTY_LAYER"):
    CHANNEL_LAYERS["default"]["BACKEND"] = "tests.faults.layer.UnreliableRedisLayer"  # noqa: F405
    CHANNEL_LAYERS["default"]["CONFIG"] |= {  # noqa: F405
        "share": float(share),
        "seed": int(os.environ.get("FAULTY_SEED", "1")),
    }
