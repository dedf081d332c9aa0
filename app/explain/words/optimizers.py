"""Sentences of the optimizers that divide by a root: what each does, and which way it goes."""

from __future__ import annotations

from app.explain.model import Text

STORIES = {
    "adagrad": Text(
        "AdaGrad divides the step by the root of all squared gradients so far, so that it shrinks "
        "where gradients were large;",
        "AdaGrad에서는 지금까지의 기울기 제곱합의 제곱근으로 나누어 기울기가 컸던 "
        "매개변수일수록 덜 움직이며,",
    ),
    "rmsprop": Text(
        "RMSprop divides the gradient by the root of its recent squares, so that large and small "
        "gradients move about equally far;",
        "RMSprop에서는 기울기를 최근 기울기 제곱 평균의 제곱근으로 나누어 크든 작든 비슷하게 "
        "움직이며,",
    ),
    "adam": Text(
        "Adam divides the mean gradient by the root of the mean square, so that the size of the "
        "gradient hardly matters;",
        "Adam에서는 평균 기울기를 제곱 평균의 제곱근으로 나누어 기울기의 크기는 거의 상관없어지며,",
    ),
    "adamw": Text(
        "AdamW pulls {parameter} a little towards 0 and then moves it as Adam does, by mean "
        "gradient over root of mean square;",
        "AdamW에서는 {parameter:을} 먼저 0 쪽으로 조금 당기고 Adam처럼 평균 기울기를 제곱 "
        "평균의 제곱근으로 나눈 만큼 옮기며,",
    ),
}
WAYS = {
    "down": Text("goes down", "작아져 새 값은"),
    "up": Text("goes up", "커져 새 값은"),
    "still": Text("stays as it is", "그대로"),
}

TEMPLATES: dict[str, Text] = {
    **{
        f"update.{name}.{goes}": Text(
            f"{story.en} {{parameter}} {way.en}: {{work}} = {{result}}.",
            f"{story.ko} {{parameter:은}} {way.ko} {{work}} = {{result}}입니다.",
        )
        for name, story in STORIES.items()
        for goes, way in WAYS.items()
    },
    "update.words.adagrad": Text(
        "old value − learning rate × gradient / (root of the summed squares + epsilon)",
        "옛 값 − 학습률 × 기울기 / (제곱합의 제곱근 + 엡실론)",
    ),
    "update.words.rmsprop": Text(
        "old value − learning rate × gradient / (root of the mean square + epsilon)",
        "옛 값 − 학습률 × 기울기 / (제곱 평균의 제곱근 + 엡실론)",
    ),
    "update.words.adam": Text(
        "old value − learning rate × mean gradient / (root of the mean square + epsilon)",
        "옛 값 − 학습률 × 평균 기울기 / (제곱 평균의 제곱근 + 엡실론)",
    ),
    "update.words.adamw": Text(
        "shrunk old value − learning rate × mean gradient / (root of the mean square + epsilon)",
        "줄인 옛 값 − 학습률 × 평균 기울기 / (제곱 평균의 제곱근 + 엡실론)",
    ),
    "update.root.why.question": Text("Why divide by a root?", "왜 제곱근으로 나눌까요?"),
    "update.root.why.answer": Text(
        "So that every parameter moves by its own measure: a gradient counts by comparison with "
        "the usual size of its gradients. ε keeps the divisor away from 0.",
        "매개변수마다 제 기울기의 보통 크기에 견주어 움직이게 하려는 것입니다. ε은 0으로 나누는 "
        "일을 막습니다.",
    ),
}
