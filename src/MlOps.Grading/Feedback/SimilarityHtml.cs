using System.Globalization;
using System.Text;
using MlOps.Grading.Exercises;
using MlOps.Grading.Similarity;

namespace MlOps.Grading.Feedback;

/// <summary>Similar pairs with their passages side by side.</summary>
internal static class SimilarityHtml
{
    /// <summary>Pairs shown for one exercise: a class that worked together gives hundreds.</summary>
    private const int MostPairs = 20;

    internal static void Write(StringBuilder html, ClassReport report)
    {
        html.Append("<section>\n<h2>Solutions that look alike</h2>\n");
        if (report.Similarity.Count == 0)
        {
            html.Append("<p>Solutions were not compared.</p>\n</section>\n");
            return;
        }

        html.Append("<p>Names, numbers, texts, comments and layout do not count; code of the starter and code that most of the class has in common do not count either. <strong>Containment</strong> is the share of the smaller solution that is found in the other, <strong>Jaccard</strong> the share of both together. A solution that most of the class took from one place is common code and is not found here.</p>\n");
        foreach (Exercise exercise in report.Weeks.SelectMany(week => week.Exercises))
        {
            if (report.Similarity.TryGetValue(exercise.Id, out SimilarityResult? result))
            {
                Write(html, exercise, result);
            }
        }

        html.Append("</section>\n");
    }

    private static void Write(StringBuilder html, Exercise exercise, SimilarityResult result)
    {
        html.Append($"<h3>{exercise.Id} · {Html.Encode(exercise.Title)}</h3>\n");
        html.Append($"<p>{Amount.Count(result.Compared, "solution")} compared, {Amount.Count(result.Pairs.Count, "pair")} with a containment of {Amount.Percent(result.Options.Threshold)} or more.");
        if (result.TooShort.Count > 0)
        {
            html.Append(CultureInfo.InvariantCulture, $" {Amount.Count(result.TooShort.Count, "solution")} not compared, for having fewer than {result.Options.MinTokens} tokens beyond starter and common code: {Html.Encode(string.Join(", ", result.TooShort.Select(PlainText.Line)))}.");
        }

        html.Append("</p>\n");
        foreach (SimilarPair pair in result.Pairs.Take(MostPairs))
        {
            Write(html, pair);
        }

        if (result.Pairs.Count > MostPairs)
        {
            html.Append($"<p class=\"muted\">{Amount.Count(result.Pairs.Count - MostPairs, "more pair")} not shown.</p>\n");
        }
    }

    private static void Write(StringBuilder html, SimilarPair pair)
    {
        string first = Html.Encode(PlainText.Line(pair.First));
        string second = Html.Encode(PlainText.Line(pair.Second));
        html.Append($"<article class=\"pair\">\n<h4>{first} and {second}</h4>\n");
        html.Append($"<p class=\"muted\">Containment {Amount.Percent(pair.Containment)}, Jaccard {Amount.Percent(pair.Jaccard)}; {Amount.Count(pair.Shared, "shared fingerprint")}, {Amount.Count(pair.Passages.Count, "passage")}.</p>\n");
        foreach (MatchingPassage passage in pair.Passages)
        {
            html.Append("<div class=\"sides\">\n");
            Side(html, first, passage.First, passage.FirstText);
            Side(html, second, passage.Second, passage.SecondText);
            html.Append("</div>\n");
        }

        html.Append("</article>\n");
    }

    private static void Side(StringBuilder html, string student, LineRange lines, string text)
    {
        string where = lines.First == lines.Last
            ? FormattableString.Invariant($"line {lines.First}")
            : FormattableString.Invariant($"lines {lines.First}–{lines.Last}");
        html.Append($"<div class=\"side\"><p>{student}, {where}</p><pre tabindex=\"0\">");
        string[] code = text.Split('\n');
        int digits = lines.Last.ToString(CultureInfo.InvariantCulture).Length;
        for (int i = 0; i < code.Length; i++)
        {
            string number = (lines.First + i).ToString(CultureInfo.InvariantCulture).PadLeft(digits);
            html.Append($"<span class=\"n\">{number}  </span>{Html.Encode(code[i])}\n");
        }

        html.Append("</pre></div>\n");
    }
}
