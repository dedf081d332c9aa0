"""The few texts of the page's shell, which has to speak before any script runs."""

from __future__ import annotations

from app.explain.model import Text

TEMPLATES: dict[str, Text] = {
    "shell.title": Text("Slowprop: backpropagation in slow motion", "Slowprop: 천천히 보는 역전파"),
    "shell.description": Text(
        "Follow a neural network through the forward pass, the error, the backward pass and the "
        "update, with every number in its formula and a sentence for each.",
        "신경망의 순전파, 오차, 역전파, 갱신을 수식 속 실제 숫자와 한 문장 설명으로 하나씩 따라가 "
        "봅니다.",
    ),
    "shell.noscript": Text(
        "This page draws and animates the network with JavaScript; please switch it on.",
        "이 페이지는 자바스크립트로 신경망을 그리고 움직입니다. 자바스크립트를 켜 주세요.",
    ),
    "shell.loading": Text("Opening the worked example …", "예제를 여는 중 …"),
    "shell.skip": Text("Skip to the explanation", "설명으로 건너뛰기"),
}
