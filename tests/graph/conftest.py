"""A chat model on loopback."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pagewise.models.gemini import gemini_chat
from pagewise.settings import Settings
from tests.gemini_emulator import CHAT, KEY, GeminiEmulator


@pytest.fixture
def chat(gemini: GeminiEmulator, tmp_path: Path) -> Any:
    return gemini_chat(
        Settings(
            home=tmp_path,
            google_api_key=KEY,
            google_base_url=gemini.url,
            chat=f"google_genai:{CHAT}",
        )
    )
