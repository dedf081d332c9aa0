"""Sentences of the error: one output, one example, one batch."""

from __future__ import annotations

from app.explain.model import Text

TEMPLATES: dict[str, Text] = {
    # -- E_o: the error of one output --------------------------------------------------------
    "E_o.half_squared_error.above": Text(
        "{neuron} says {out} but should say {target}, which is {gap} too high; its error is half "
        "the square of that gap: {work} = {result}.",
        "{neuron}의 출력은 {out}인데 목푯값은 {target}이므로 {gap}만큼 크며, {neuron}의 오차는 "
        "그 차이를 제곱해 반으로 나눈 {work} = {result}입니다.",
    ),
    "E_o.half_squared_error.below": Text(
        "{neuron} says {out} but should say {target}, which is {gap} too low; its error is half "
        "the square of that gap: {work} = {result}.",
        "{neuron}의 출력은 {out}인데 목푯값은 {target}이므로 {gap}만큼 작으며, {neuron}의 오차는 "
        "그 차이를 제곱해 반으로 나눈 {work} = {result}입니다.",
    ),
    "E_o.squared.above": Text(
        "{neuron} says {out} but should say {target}, which is {gap} too high; its error is the "
        "square of that gap: {work} = {result}.",
        "{neuron}의 출력은 {out}인데 목푯값은 {target}이므로 {gap}만큼 크며, {neuron}의 오차는 "
        "그 차이를 제곱한 {work} = {result}입니다.",
    ),
    "E_o.squared.below": Text(
        "{neuron} says {out} but should say {target}, which is {gap} too low; its error is the "
        "square of that gap: {work} = {result}.",
        "{neuron}의 출력은 {out}인데 목푯값은 {target}이므로 {gap}만큼 작으며, {neuron}의 오차는 "
        "그 차이를 제곱한 {work} = {result}입니다.",
    ),
    "E_o.mean_squared_error.above": Text(
        "{neuron} says {out} but should say {target}, which is {gap} too high; its error is the "
        "square of that gap, divided by the {count} outputs: {work} = {result}.",
        "{neuron}의 출력은 {out}인데 목푯값은 {target}이므로 {gap}만큼 크며, {neuron}의 오차는 "
        "그 차이를 제곱해 출력 {count}개로 나눈 {work} = {result}입니다.",
    ),
    "E_o.mean_squared_error.below": Text(
        "{neuron} says {out} but should say {target}, which is {gap} too low; its error is the "
        "square of that gap, divided by the {count} outputs: {work} = {result}.",
        "{neuron}의 출력은 {out}인데 목푯값은 {target}이므로 {gap}만큼 작으며, {neuron}의 오차는 "
        "그 차이를 제곱해 출력 {count}개로 나눈 {work} = {result}입니다.",
    ),
    "E_o.mean_absolute_error.above": Text(
        "{neuron} says {out} but should say {target}, which is {gap} too high; its error is that "
        "gap, shared among the outputs: {work} = {result}.",
        "{neuron}의 출력은 {out}인데 목푯값은 {target}이므로 {gap}만큼 크며, {neuron}의 오차는 "
        "그 차이를 출력의 개수로 나눈 {work} = {result}입니다.",
    ),
    "E_o.mean_absolute_error.below": Text(
        "{neuron} says {out} but should say {target}, which is {gap} too low; its error is that "
        "gap, shared among the outputs: {work} = {result}.",
        "{neuron}의 출력은 {out}인데 목푯값은 {target}이므로 {gap}만큼 작으며, {neuron}의 오차는 "
        "그 차이를 출력의 개수로 나눈 {work} = {result}입니다.",
    ),
    "E_o.huber.above": Text(
        "{neuron} says {out} but should say {target}, which is {gap} too high; squared up to a gap "
        "of 1 and straight beyond, its error is {work} = {result}.",
        "{neuron}의 출력은 {out}인데 목푯값은 {target}이므로 {gap}만큼 큽니다. 차이가 1까지는 "
        "제곱, 그보다 크면 직선이므로 {neuron}의 오차는 {work} = {result}입니다.",
    ),
    "E_o.huber.below": Text(
        "{neuron} says {out} but should say {target}, which is {gap} too low; squared up to a gap "
        "of 1 and straight beyond, its error is {work} = {result}.",
        "{neuron}의 출력은 {out}인데 목푯값은 {target}이므로 {gap}만큼 작습니다. 차이가 1까지는 "
        "제곱, 그보다 크면 직선이므로 {neuron}의 오차는 {work} = {result}입니다.",
    ),
    "E_o.binary_cross_entropy": Text(
        "{neuron} gives yes a chance of {out}, the target is {target}; the less chance it gave to "
        "what is true, the larger the error: {result}.",
        "{neuron:이} 예라고 보는 확률은 {out}, 목푯값은 {target}입니다. 맞는 답에 낮은 확률을 "
        "줄수록 오차는 커지며, 지금은 {result}입니다.",
    ),
    "E_o.cross_entropy": Text(
        "{neuron} gets the share {out}, its target is {target}; only the shares of the right "
        "classes count, the smaller they are the more: {result}.",
        "{neuron}의 몫은 {out}, 목푯값은 {target}입니다. 정답 클래스의 몫만 오차로 세며 몫이 "
        "작을수록 오차는 커지고, 지금은 {result}입니다.",
    ),
    "E_o.hit": Text(
        "{neuron} says {out} and should say {target}: it hits its target exactly, so its error "
        "is {result}.",
        "{neuron}의 출력은 {out}, 목푯값도 {target}입니다. 차이가 없으므로 오차는 {result}입니다.",
    ),
    "E_o.other": Text(
        "{neuron} says {out} but should say {target}; the chosen error function makes that an "
        "error of {result}.",
        "{neuron}의 출력은 {out}인데 목푯값은 {target}이므로, 손실 함수에 따른 {neuron}의 오차는 "
        "{result}입니다.",
    ),
    "E_o.words.half_squared_error": Text(
        "half the square of (target − output)", "(목푯값 − 출력)의 제곱의 반"
    ),
    "E_o.words.squared": Text("the square of (target − output)", "(목푯값 − 출력)의 제곱"),
    "E_o.words.mean_squared_error": Text(
        "the square of (target − output), divided by the number of outputs",
        "(목푯값 − 출력)의 제곱을 출력의 개수로 나눈 값",
    ),
    "E_o.words.mean_absolute_error": Text(
        "the distance between target and output, divided by the number of outputs",
        "목푯값과 출력의 거리를 출력의 개수로 나눈 값",
    ),
    "E_o.words.huber": Text(
        "half the squared gap, beyond 1 the gap minus a half",
        "차이의 제곱의 반, 1을 넘으면 차이 − 반",
    ),
    "E_o.words.binary_cross_entropy": Text(
        "minus the logarithm of the chance given to the truth",
        "맞는 답에 준 확률의 로그의 부호를 바꾼 값",
    ),
    "E_o.words.cross_entropy": Text(
        "minus target times the logarithm of the share", "목푯값 × 몫의 로그의 부호를 바꾼 값"
    ),
    "E_o.words.other": Text("the error function of output and target", "출력과 목푯값의 손실 함수"),
    "E_o.half.why.question": Text("Why ½?", "왜 ½?"),
    "E_o.half.why.answer": Text(
        "It cancels the 2 of the derivative.", "미분할 때 생기는 2와 약분됩니다."
    ),
    "E_o.logarithm.why.question": Text("Why a logarithm?", "왜 로그일까요?"),
    "E_o.logarithm.why.answer": Text(
        "A sure and wrong answer should cost without limit, a sure and right one nothing.",
        "확신하고 틀리면 끝없이 크게, 확신하고 맞으면 0으로 세기 위해서입니다.",
    ),
    "E_o.square.why.question": Text("Why the square?", "왜 제곱할까요?"),
    "E_o.square.why.answer": Text(
        "Too high and too low count the same, and a large gap counts more.",
        "목푯값보다 크든 작든 똑같이 세고, 큰 차이를 더 무겁게 셉니다.",
    ),
    # -- E_total: one example ----------------------------------------------------------------
    "E_total.few": Text(
        "The total error adds up the errors of all outputs, {sum} = {result}; learning means "
        "making this one number smaller ({share} % of it comes from {neuron}).",
        "총오차는 모든 출력의 오차를 더한 {sum} = {result}이고, 학습이란 이 수 하나를 줄여 가는 "
        "일입니다(이 가운데 {share} %가 {neuron}의 몫).",
    ),
    "E_total.many": Text(
        "The total error adds up the errors of all {count} outputs and comes to {result}; "
        "learning means making this one number smaller ({share} % of it comes from {neuron}).",
        "총오차는 출력 {count}개의 오차를 모두 더한 {result}이고, 학습이란 이 수 하나를 줄여 가는 "
        "일입니다(이 가운데 {share} %가 {neuron}의 몫).",
    ),
    "E_total.one": Text(
        "There is one output, so its error is the total error, {result}; learning means making "
        "this one number smaller.",
        "출력이 하나뿐이므로 그 오차가 곧 총오차 {result}이고, 학습이란 이 수 하나를 줄여 가는 "
        "일입니다.",
    ),
    "E_total.zero": Text(
        "Every output hits its target exactly, so the total error is {result}: this example has "
        "nothing left to teach.",
        "모든 출력이 목푯값과 같으므로 총오차는 {result}이고, 이 샘플에서 더 배울 것은 없습니다.",
    ),
    "E_total.words": Text("the errors of all outputs, added up", "모든 출력의 오차를 더한 값"),
    "E_total.why.question": Text("Why one number?", "왜 수 하나로 모을까요?"),
    "E_total.why.answer": Text(
        "Only of one number can be said whether it got smaller.",
        "수가 하나여야 줄었는지 늘었는지 말할 수 있기 때문입니다.",
    ),
    # -- E_batch: all examples of the batch --------------------------------------------------
    "E_batch.one": Text(
        "The batch holds one example, so the batch error is its total error, {result}.",
        "배치에 샘플이 하나뿐이므로 배치 오차는 그 총오차와 같은 {result}입니다.",
    ),
    "E_batch.mean": Text(
        "The batch error is the average of the total errors of its {count} examples, "
        "{result}; this is the number that learning makes smaller.",
        "배치 오차는 샘플 {count}개의 총오차를 평균한 {result}이고, 학습은 바로 이 수를 "
        "줄여 갑니다.",
    ),
    "E_batch.sum": Text(
        "The batch error adds up the total errors of its {count} examples and comes to {result}; "
        "this is the number that learning makes smaller.",
        "배치 오차는 샘플 {count}개의 총오차를 모두 더한 {result}이고, 학습은 바로 이 수를 "
        "줄여 갑니다.",
    ),
    "E_batch.words.mean": Text(
        "the total errors of all examples, averaged", "모든 샘플의 총오차를 평균한 값"
    ),
    "E_batch.words.sum": Text(
        "the total errors of all examples, added up", "모든 샘플의 총오차를 더한 값"
    ),
}
