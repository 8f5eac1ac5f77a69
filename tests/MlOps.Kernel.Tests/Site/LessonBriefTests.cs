using MlOps.Kernel.Site;

namespace MlOps.Kernel.Tests.Site;

public class LessonBriefTests
{
    private const string Sentence = "A model is trained on one world and used in the next.";

    [Theory]
    [InlineData("**Time** about 70 minutes · **Data** loans", "70 min")]
    [InlineData("**Time** about 120 minutes, in two sittings: sections 1 to 10, then the rest · **Before you start** you have trained a convolutional network and exported it to ONNX (week 07) · **Data** leaf pictures, painted by a program for this course", "120 min")]
    [InlineData("45-60 min", "45–60 min")]
    [InlineData("- 2 hours\n- a laptop", "2 h")]
    [InlineData("No time is named.", null)]
    public void Read_BadgeRow_GivesTheDuration(string markdown, string? expected) =>
        Assert.Equal(expected, Read(markdown).Duration);

    [Fact]
    public void Read_LongParagraphThatNamesATime_IsTheSummaryNotTheBadge()
    {
        string text = string.Concat(Enumerable.Repeat(Sentence + " ", 5)) + "It took 24 h to notice.";

        Assert.Equal((null, text), (Read(text).Duration, Read(text).Summary));
    }

    [Fact]
    public void Read_ParagraphOfALaterSection_IsNoSummaryWhereThereAreObjectives()
    {
        LessonBrief brief = Read("After this week you can\n\n- **tell** $P(X)$ from `y`\n- act\n\n## Why\n\n" + Sentence);

        Assert.Null(brief.Summary);
        Assert.Equal(["tell P(X) from y", "act"], brief.Objectives);
    }

    [Fact]
    public void Read_ParagraphOfALaterSection_IsTheSummaryWhereThereIsNothingElse() =>
        Assert.Equal(Sentence, Read("## Why\n\n" + Sentence).Summary);

    [Fact]
    public void Read_ListThatNothingAnnounces_IsNotTheObjectives() =>
        Assert.Empty(Read(Sentence + "\n\n## Parts\n\n- one\n- two").Objectives);

    private static LessonBrief Read(string markdown) => LessonBrief.Read([LessonMarkdown.Parse(markdown)]);
}
