// 9.6 · Who was champion then? · 3 points
//
// A promotion log tells what happened to the alias `champion`, oldest entry first: its time, what was
// done, and a version. Write `ChampionAt(times, actions, versions, moment)`: the version that was champion
// at that moment, or 0 if none was.
//
// - `set`: the version became champion. To set the champion once more changes nothing.
// - `rollback`: the version before became champion again. The log does not say which: its version is 0.
//   Rollbacks walk back like undo, so two in a row go back by two `set`s, and a `set` after a rollback
//   starts from there.
// - `removed`: from then on nobody is champion. A rollback after it brings back whoever was removed.
// - `refused` and `approved`: nothing moved.
// - An entry counts from its own time on, that moment included. What comes later than moment does not count.
// - Throw an InvalidOperationException if a rollback that counts has nothing to go back to, and an
//   ArgumentException if the three arrays differ in length.
//
// Worked value: set 1, set 2, rollback on 1, 2 and 4 May at 9:00. On 3 May it is 2, on 5 May it is 1.
//
// Check:  ./mlops check 9.6      Hint:  ./mlops check 9.6 --hint

namespace Week09;

/// <summary>Reads a promotion log.</summary>
public static class PromotionStory
{
    /// <summary>Returns the version that was champion at a moment; 0 if none was.</summary>
    public static int ChampionAt(DateTime[] times, string[] actions, int[] versions, DateTime moment)
    {
        // BEGIN YOUR CODE
        throw new NotImplementedException();
        // END YOUR CODE
    }
}
