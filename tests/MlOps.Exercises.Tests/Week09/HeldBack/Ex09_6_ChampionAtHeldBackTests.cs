using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week09.HeldBack;

[Exercise("9.6")]
public sealed class ChampionAtHeldBackTests : CodeTests<IPromotionStory>
{
    // A day an entry, from 1 May on; all by hand.
    [Fact, Points(0.25), HeldBack("two rollbacks in a row")]
    public void ChampionAt_TwoRollbacks_GoBackByTwo()
    {
        Assert.Equal(1, Last(("set", 1), ("set", 2), ("set", 3), ("rollback", 0), ("rollback", 0)));
        Assert.Equal(1, Last(("set", 1), ("set", 2), ("rollback", 0), ("set", 4), ("rollback", 0))); // a set after a rollback starts from there
    }

    [Fact, Points(0.25), HeldBack("a rollback after the alias was removed")]
    public void ChampionAt_RollbackAfterRemoved_BringsItBack()
    {
        Assert.Equal(2, Last(("set", 1), ("set", 2), ("removed", 2), ("rollback", 0)));
        Assert.Equal(1, Last(("set", 1), ("set", 2), ("removed", 2), ("rollback", 0), ("rollback", 0)));
    }

    [Fact, Points(0.25), HeldBack("a champion that is set once more")]
    public void ChampionAt_SetTwice_CountsOnce() => Assert.Equal(1, Last(("set", 1), ("set", 2), ("set", 2), ("rollback", 0)));

    [Fact, Points(0.25), HeldBack("a rollback with nothing to go back to")]
    public void ChampionAt_NothingToGoBackTo_ThrowsInvalidOperation()
    {
        Throws<InvalidOperationException>(() => Last(("set", 1), ("rollback", 0)));
        Throws<InvalidOperationException>(() => Last(("refused", 1), ("rollback", 0)));
    }

    [Fact, Points(0.25), HeldBack("an empty log, and columns of different lengths")]
    public void ChampionAt_EmptyOrUneven_IsNobodyOrThrows()
    {
        Assert.Equal(0, Last());
        Throws<ArgumentException>(() => Student.ChampionAt([May(1)], ["set"], [], May(9)));
        Throws<ArgumentException>(() => Student.ChampionAt([May(1)], ["set", "set"], [1], May(9)));
    }

    [Fact, Points(0.25), HeldBack("what comes later than the moment")]
    public void ChampionAt_LaterEntries_DoNotCount() =>
        Assert.Equal(1, Student.ChampionAt([May(1), May(5), May(6)], ["set", "rollback", "set"], [1, 0, 2], May(4)));

    private int Last(params (string Action, int Version)[] log) => Student.ChampionAt(
        [.. log.Select((_, day) => May(day + 1))], [.. log.Select(entry => entry.Action)], [.. log.Select(entry => entry.Version)], May(30));

    private static DateTime May(int day) => new(2026, 5, day, 9, 0, 0, DateTimeKind.Utc);
}
