using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week09;

[Exercise("9.6")]
public sealed class ChampionAtTests : CodeTests<IPromotionStory>
{
    private static readonly DateTime[] s_times = [May(1), May(2), May(4)];
    private static readonly string[] s_actions = ["set", "set", "rollback"];
    private static readonly int[] s_versions = [1, 2, 0];

    [Fact, Points(0.5)]
    public void ChampionAt_WorkedExample_IsVersionTwo() => Assert.Equal(2, Student.ChampionAt(s_times, s_actions, s_versions, May(3)));

    [Fact, Points(0.25)]
    public void ChampionAt_AfterRollback_IsTheVersionBefore() => Assert.Equal(1, Student.ChampionAt(s_times, s_actions, s_versions, May(5)));

    [Fact, Points(0.25)]
    public void ChampionAt_TimeOfTheEntryItself_Counts()
    {
        Assert.Equal(2, Student.ChampionAt(s_times, s_actions, s_versions, May(2)));
        Assert.Equal(1, Student.ChampionAt(s_times, s_actions, s_versions, May(2).AddTicks(-1)));
        Assert.Equal(0, Student.ChampionAt(s_times, s_actions, s_versions, May(1).AddTicks(-1)));
    }

    [Fact, Points(0.25)]
    public void ChampionAt_RefusedAndApproved_MoveNothing() =>
        Assert.Equal(1, Student.ChampionAt([May(1), May(2), May(3)], ["set", "refused", "approved"], [1, 2, 2], May(9)));

    [Fact, Points(0.25)]
    public void ChampionAt_Removed_IsNobody() => Assert.Equal(0, Student.ChampionAt([May(1), May(2)], ["set", "removed"], [1, 1], May(9)));

    private static DateTime May(int day) => new(2026, 5, day, 9, 0, 0, DateTimeKind.Utc);
}
