using FsCheck;
using FsCheck.Fluent;
using MlOps.Fairness.Cards;

namespace MlOps.Fairness.Tests.Cards;

/// <summary>Whatever a stranger calls a group, a card stays a card.</summary>
public sealed class AnyTextTests
{
    private static readonly Config s_cases = Config.QuickThrowOnFailure.WithMaxTest(300);

    private static Gen<string> Text { get; } = Gen.Elements("<", ">", "|", "\\", "`", "*", "_", "[", "]", "(", ")", "#", "-", "\n", "\r", "\u202e", "\0", "&", "\"", "'", "a", " ", "1.", "ä", "ஐ", "<b>").ListOf().Select(parts => string.Concat(parts));

    [Fact]
    public void Cards_AnyGroup_KeepTheirTableAndTheirText() => Prop.ForAll(Text.ToArbitrary(), group =>
    {
        var card = ModelCard.Create(new ModelCardFacts { Metrics = [new CardMetric("rate", group, 0.5, 0.4, 0.6, 10)] });
        string[] rows = [.. card.ToMarkdown().Split('\n').Where(line => line.StartsWith("| rate ", StringComparison.Ordinal))];
        string pipes = rows[0].Replace("\\\\", "", StringComparison.Ordinal).Replace("\\|", "", StringComparison.Ordinal);
        return rows.Length == 1
            && pipes.Count(letter => letter == '|') == 7
            && !rows[0].Contains('<', StringComparison.Ordinal)
            && !card.ToMimeBundle()["text/html"].Contains("<b>", StringComparison.Ordinal)
            && ModelCard.FromJson(card.ToJson()).Metrics[0].Group == group;
    }).Check(s_cases);
}
