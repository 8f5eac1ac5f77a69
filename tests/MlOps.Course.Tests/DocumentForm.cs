namespace MlOps.Course.Tests;

/// <summary>What every document keeps, so that a screen reader can walk through it and a block is coloured as what it is.</summary>
public sealed class DocumentForm
{
    public static TheoryData<string> Documents() => new(MarkdownDocument.Names(Repository.Root));

    [Theory]
    [MemberData(nameof(Documents))]
    public void Headings_AreOneTitleAndNoLevelSkipped(string document)
    {
        int[] levels = [.. MarkdownDocument.Load(Repository.At(document)).Headings.Select(heading => heading.Level)];
        Assert.Equal(1, levels[0]);
        Assert.Single(levels, level => level == 1);
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1, $"a heading of level {pair.Second} follows one of level {pair.First}."));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Blocks_SayTheirLanguage(string document) => Assert.All(
        MarkdownDocument.Load(Repository.At(document)).Blocks, block => Assert.True(block.Language.Length > 0, $"{document}, line {block.Line}: ``` without a language."));
}
