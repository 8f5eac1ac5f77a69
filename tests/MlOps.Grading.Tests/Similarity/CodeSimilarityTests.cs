using MlOps.Grading.Similarity;

namespace MlOps.Grading.Tests.Similarity;

public sealed class CodeSimilarityTests
{
    private static readonly SimilarityOptions All = new() { Threshold = 0 };

    [Fact]
    public void Compare_ReformattedAndCommentedCopy_ScoresOne()
    {
        SimilarPair pair = Single(Samples.Loop, Samples.Reformatted);

        Assert.Equal((1.0, 1.0), (pair.Containment, pair.Jaccard));
    }

    [Fact]
    public void Compare_RenamedCopy_ScoresOne()
    {
        SimilarPair pair = Single(Samples.Loop, Samples.Renamed);

        Assert.Equal((1.0, 1.0), (pair.Containment, pair.Jaccard));
    }

    [Fact]
    public void Compare_MethodsInAnotherOrder_StillScoresHigh()
    {
        string[] methods = [Method("A", "+"), Method("B", "-"), Method("C", "*")];

        SimilarPair pair = Single(Class(methods), Class([methods[2], methods[0], methods[1]]));

        Assert.True(pair.Containment > 0.7, $"containment {pair.Containment}");
        Assert.True(pair.Passages.Sum(passage => passage.Tokens) > 3 * 40);
    }

    [Theory]
    [InlineData(Samples.Loop, Samples.Linq)]
    [InlineData(Samples.Loop, Samples.While)]
    [InlineData(Samples.Linq, Samples.While)]
    public void Compare_IndependentSolutions_ScoreLow(string one, string other)
    {
        SimilarityResult result = CodeSimilarity.Compare([("a", one), ("b", other)], Samples.Starter, All);

        Assert.Equal(2, result.Compared);
        Assert.All(result.Pairs, pair => Assert.True(pair.Containment < 0.15, $"containment {pair.Containment}"));
    }

    [Fact]
    public void Compare_PartOfAnother_IsContainedButNotEqual()
    {
        SimilarPair pair = Single(Class([Method("A", "+"), Method("B", "-")]), Class([Method("A", "+")]));

        Assert.True(pair.Containment > 0.7);
        Assert.True(pair.Jaccard < 0.7);
    }

    [Fact]
    public void Compare_OnlyStarterInCommon_FindsNothing()
    {
        string starter = Class([Method("Given", "+"), Method("Also", "/")]);
        string one = starter + Samples.Loop;
        string other = starter + Samples.Linq;

        Assert.NotEmpty(CodeSimilarity.Compare([("a", one), ("b", other)], string.Empty).Pairs);
        Assert.Empty(CodeSimilarity.Compare([("a", one), ("b", other)], starter).Pairs);
    }

    [Fact]
    public void Compare_StarterHandedIn_IsTooShort()
    {
        SimilarityResult result = CodeSimilarity.Compare([("a", Samples.Starter), ("b", Samples.Starter), ("c", Samples.Loop)], Samples.Starter);

        Assert.Equal(["a", "b"], result.TooShort);
        Assert.Equal(1, result.Compared);
        Assert.Empty(result.Pairs);
    }

    [Fact]
    public void Compare_CodeOfMostOfTheClass_IsNotHeldAgainstAnyone()
    {
        string common = Method("Everyone", "+");
        (string, string)[] solutions = [.. Enumerable.Range(0, 8).Select(i => ($"s{i}", common + Distinct(i)))];

        SimilarityResult result = CodeSimilarity.Compare(solutions, string.Empty, new SimilarityOptions { MinTokens = 5, Threshold = 0.2 });

        Assert.Equal(8, result.Compared);
        Assert.Empty(result.Pairs);
        Assert.NotEmpty(CodeSimilarity.Compare(solutions, string.Empty, new SimilarityOptions { CommonShare = 1, Threshold = 0.2 }).Pairs);
    }

    /// <summary>With 4 students, half the class is 2: the copy itself must not become common code.</summary>
    [Fact]
    public void Compare_SmallClass_DoesNotTakeTheCopyForCommonCode()
    {
        SimilarityResult result = CodeSimilarity.Compare(
            [("a", Samples.Loop), ("b", Samples.Renamed), ("c", Samples.Reformatted), ("d", Samples.Linq)], Samples.Starter);

        Assert.Equal([("a", "b"), ("a", "c"), ("b", "c")], result.Pairs.Select(pair => (pair.First, pair.Second)));
    }

    /// <summary>With windows of 1 every k-gram is a fingerprint, so plain sets of strings say what the scores must be.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(15)]
    public void Compare_WindowOfOne_AgreesWithSetsOfAllGrams(int k)
    {
        string[] sources = [Samples.Loop, Samples.Linq, Samples.While, Samples.Renamed, Samples.Loop + Samples.Linq];
        (string Student, string Source)[] solutions = [.. sources.Select((source, i) => ($"s{i}", source))];
        HashSet<string> starter = Grams(Samples.Starter, k);
        HashSet<string>[] sets = [.. sources.Select(source => Grams(source, k).Except(starter).ToHashSet())];

        SimilarityResult result = CodeSimilarity.Compare(
            solutions, Samples.Starter, new SimilarityOptions { GramLength = k, Window = 1, Threshold = 0, CommonShare = 1, MinTokens = 1 });

        var expected = new Dictionary<(string, string), (int, double, double)>();
        for (int i = 0; i < sets.Length; i++)
        {
            for (int j = i + 1; j < sets.Length; j++)
            {
                int both = sets[i].Intersect(sets[j]).Count();
                if (both > 0)
                {
                    expected[($"s{i}", $"s{j}")] = (both, (double)both / Math.Min(sets[i].Count, sets[j].Count), (double)both / sets[i].Union(sets[j]).Count());
                }
            }
        }

        Assert.Equal(expected, result.Pairs.ToDictionary(pair => (pair.First, pair.Second), pair => (pair.Shared, pair.Containment, pair.Jaccard)));
    }

    [Fact]
    public void Compare_Passages_PointToTheSharedLinesOfBothFiles()
    {
        string one = Distinct(1) + "\n" + Method("Mine", "+");
        string other = "\n\n\n" + Method("Yours", "+") + "\n" + Distinct(2);

        MatchingPassage passage = Assert.Single(Single(one, other).Passages);

        Assert.Equal((new LineRange(2, 11), new LineRange(4, 13)), (passage.First, passage.Second)); // a method is 10 lines
        Assert.Equal(Method("Mine", "+"), passage.FirstText);
        Assert.Equal(Method("Yours", "+"), passage.SecondText);
    }

    [Fact]
    public void Compare_SmallChangeInside_IsOnePassage()
    {
        string changed = Samples.Loop.Replace("double psi = 0;", "double psi = -0;", StringComparison.Ordinal);

        MatchingPassage passage = Assert.Single(Single(Samples.Loop, changed).Passages);

        Assert.Equal(Samples.Loop.Split('\n').Length, passage.First.Last);
        Assert.Equal(TokenStream.Read(Samples.Loop).Symbols.Count - GivenTokens(), passage.Tokens);

        // What the starter covers at the beginning is not part of the match, but for the k − 1 tokens that lead up to the first own one.
        static int GivenTokens()
        {
            int[] starter = [.. TokenStream.Read(Samples.Starter).Symbols];
            int[] own = [.. TokenStream.Read(Samples.Loop).Symbols];
            return starter.AsSpan().CommonPrefixLength(own) - (new SimilarityOptions().GramLength - 1);
        }
    }

    [Fact]
    public void Compare_NoPassageTokenIsUsedTwice()
    {
        string repeated = Class([Method("A", "+"), Method("B", "+"), Method("C", "+")]);
        SimilarPair pair = Single(repeated, Class([Method("A", "+"), Method("D", "-")]));

        int tokens = pair.Passages.Sum(passage => passage.Tokens);

        Assert.True(tokens <= TokenStream.Read(Class([Method("A", "+"), Method("D", "-")])).Symbols.Count);
    }

    [Fact]
    public void Compare_NothingOrOneSolution_HasNoPairs()
    {
        Assert.Equal((0, 0), (CodeSimilarity.Compare([], string.Empty).Compared, CodeSimilarity.Compare([], string.Empty).Pairs.Count));
        Assert.Empty(CodeSimilarity.Compare([("a", Samples.Loop)], Samples.Starter).Pairs);
        Assert.Equal(["a", "b"], CodeSimilarity.Compare([("a", string.Empty), ("b", "  // nothing")], Samples.Starter).TooShort);
    }

    [Fact]
    public void Compare_TextThatDoesNotParse_IsComparedAllTheSame()
    {
        string garbage = string.Concat(Enumerable.Range(0, 30).Select(i => i % 3 == 0 ? "}} class ( x = " : "\" open\n §§ if ) [ 7 ;; "));

        Assert.Equal(1, Single(garbage, garbage.Replace("x", "other", StringComparison.Ordinal)).Containment);
    }

    [Fact]
    public void Compare_OneTokenRepeated_EndsSoon()
    {
        string braces = new('{', 200_000);

        SimilarPair pair = Single(braces, braces);

        Assert.Equal((1, 1.0), (pair.Shared, pair.Containment));
    }

    [Fact]
    public void Compare_OrderOfStudents_DecidesOnlyOrderOfNames()
    {
        SimilarPair forth = Single(Samples.Loop, Samples.Renamed + Samples.Linq);
        SimilarPair back = Single(Samples.Renamed + Samples.Linq, Samples.Loop);

        Assert.Equal((forth.Containment, forth.Jaccard, forth.Shared), (back.Containment, back.Jaccard, back.Shared));
        Assert.Equal(forth.Passages.Select(passage => (passage.First, passage.Second)), back.Passages.Select(passage => (passage.Second, passage.First)));
    }

    [Fact]
    public void Compare_StudentTwice_IsRefused()
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => CodeSimilarity.Compare([("a", "x"), ("a", "y")], string.Empty));

        Assert.Equal("solutions", refused.ParamName);
        Assert.Contains("'a' is there twice", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.Equal("GramLength", Refused(() => new SimilarityOptions { GramLength = 0 }));
        Assert.Equal("Window", Refused(() => new SimilarityOptions { Window = 0 }));
        Assert.Equal("CommonStudents", Refused(() => new SimilarityOptions { CommonStudents = 1 }));
        Assert.Equal("Threshold", Refused(() => new SimilarityOptions { Threshold = double.NaN }));

        static string? Refused(Func<object> make) => Assert.Throws<ArgumentOutOfRangeException>(() => make()).ParamName;
    }

    private static SimilarPair Single(string one, string other) =>
        Assert.Single(CodeSimilarity.Compare([("a", one), ("b", other)], Samples.Starter, All).Pairs);

    private static HashSet<string> Grams(string source, int k)
    {
        List<int> symbols = TokenStream.Read(source).Symbols;
        return [.. Enumerable.Range(0, Math.Max(0, symbols.Count - k + 1)).Select(i => string.Join(' ', symbols.Skip(i).Take(k)))];
    }

    private static string Class(string[] methods) => $"public class C\n{{\n{string.Join("\n\n", methods)}\n}}\n";

    /// <summary>Ten lines, 46 tokens; methods with different operators have few 15-grams in common.</summary>
    private static string Method(string name, string op) => $$"""
        static double {{name}}(double[] a, double b)
        {
            double c = b {{op}} 1;
            foreach (double d in a)
            {
                c {{op}}= d {{op}} (b {{op}} c) {{op}} 2;
            }

            return c {{op}} b;
        }
        """;

    /// <summary>One line of 40 brackets, drawn afresh for each number.</summary>
    private static string Distinct(int number)
    {
        var random = new Random(number);
        return string.Concat(Enumerable.Range(0, 40).Select(_ => "[]{}();,"[random.Next(8)]));
    }
}
