"""Which counts go with everything told, where some of them are as few or as many as can be? A linear program says.

HiGHS (MIT) solves it, and keeps the program between two questions: each begins where the one before it ended.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

#: Stands for no bound: more discussions than there are people.
ENDLESS = 10_000_000


class Program:
    """Counts by number, each within its bounds; sums that hold; and pairs, of which the first is at most the second."""

    def __init__(
        self,
        bounds: Sequence[tuple[int, int]],
        sums: Sequence[tuple[Mapping[int, int], int]],
        ordered: Sequence[tuple[int, int]],
    ) -> None:
        import highspy  # slow to import, and few processes ever come to a linear program

        rows = [*(sides for sides, _value in sums), *({at: 1, base: -1} for at, base in ordered)]
        values = [value for _sides, value in sums]
        made = highspy.HighsLp()
        made.num_col_, made.num_row_ = len(bounds), len(rows)
        made.col_cost_ = np.zeros(len(bounds))
        made.col_lower_ = np.array([low for low, _high in bounds], dtype=float)
        made.col_upper_ = np.array([high for _low, high in bounds], dtype=float)
        made.row_lower_ = np.array([*values, *(-ENDLESS for _pair in ordered)], dtype=float)
        made.row_upper_ = np.array([*values, *(0 for _pair in ordered)], dtype=float)
        made.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        made.a_matrix_.start_ = np.cumsum([0, *(len(row) for row in rows)])
        made.a_matrix_.index_ = np.array([at for row in rows for at in row], dtype=np.int32)
        made.a_matrix_.value_ = np.array([factor for row in rows for factor in row.values()], dtype=float)
        self._every = np.arange(len(bounds), dtype=np.int32)
        self._solved = highspy.HighsModelStatus.kOptimal
        # Without the callbacks of `highspy.Highs`: with them it greets on standard output, where a pack may be written.
        self._highs = highspy._Highs()  # type: ignore[attr-defined]  # it is exported, without a type
        self._highs.setOptionValue("output_flag", False)
        self._highs.passModel(made)

    def least(self, aim: np.ndarray) -> np.ndarray:
        """All counts where their sum, each times its factor in `aim`, is least. ArithmeticError where none fit."""
        self._highs.changeColsCost(len(aim), self._every, aim)
        self._highs.run()
        if self._highs.getModelStatus() != self._solved:
            raise ArithmeticError("the numbers told contradict each other")
        return np.array(self._highs.getSolution().col_value)
