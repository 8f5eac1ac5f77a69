using MlOps.Grading.Exercises;
using MlOps.Grading.Results;

namespace MlOps.Grading.Feedback;

/// <summary>A check as lines of plain text.</summary>
internal static class CheckText
{
    private const string Indent = "  ";
    private const string Inner = "      ";
    private const int LabelWidth = 10;

    internal static IReadOnlyList<ReportLine> Write(CheckReport report)
    {
        if (report.Exercises.Count == 0)
        {
            return [new ReportLine(LineRole.Plain, "There is no exercise to check.")];
        }

        var lines = new List<ReportLine>();
        foreach (CheckedExercise item in report.Exercises)
        {
            if (lines.Count > 0)
            {
                lines.Add(new ReportLine(LineRole.Plain, string.Empty));
            }

            Write(lines, item, report.Options, isAlone: report.Exercises.Count == 1);
        }

        if (report.Exercises.Count > 1)
        {
            lines.Add(new ReportLine(LineRole.Plain, string.Empty));
            lines.Add(new ReportLine(LineRole.Heading, Wording.Overall(report)));
        }

        return lines;
    }

    private static void Write(List<ReportLine> lines, CheckedExercise item, CheckOptions options, bool isAlone)
    {
        Exercise exercise = item.Exercise;
        lines.Add(new ReportLine(LineRole.Heading, $"{exercise.Id} · {PlainText.Line(exercise.Title)} · {Wording.PointsOf(item)}"));
        if (Wording.OfStatus(exercise, item.Result.Status) is { } status)
        {
            Prose(lines, item.Result.Status is ExerciseStatus.NotAttempted or ExerciseStatus.AwaitsMarks ? LineRole.Plain : LineRole.Bad, Indent, Indent, status, options);
        }

        foreach (string problem in item.Result.Problems)
        {
            Prose(lines, LineRole.Bad, Indent + "✗ ", Indent + Indent, problem, options);
        }

        if (isAlone && item.Result.Status is ExerciseStatus.NotAttempted)
        {
            // As it was written: it may hold a table.
            lines.AddRange(PlainText.Clean(exercise.Statement, int.MaxValue).Split('\n').Select(line => new ReportLine(LineRole.Muted, (Inner + line).TrimEnd())));
        }

        foreach (VisibleTest test in VisibleTest.Of(item.Result))
        {
            Write(lines, test, options);
        }

        if (Wording.Later(item) is { } later)
        {
            Prose(lines, LineRole.Muted, Indent, Indent, later, options);
        }

        Hints(lines, item, options);
    }

    private static void Write(List<ReportLine> lines, VisibleTest test, CheckOptions options)
    {
        Prose(lines, test.Passed ? LineRole.Good : LineRole.Bad, $"{Indent}{test.Mark} ", Indent + Indent, $"{test.Sentence} ({test.Worth})", options);
        if (test.Message is not null)
        {
            Prose(lines, LineRole.Plain, Inner, Inner, test.Message, options);
        }

        for (int i = 0; i < test.Calls.Count; i++)
        {
            Value(lines, i == 0 ? "tried" : string.Empty, $"{PlainText.Line(test.Calls[i].Call)} → {PlainText.Line(test.Calls[i].Result)}");
        }

        if (test.Actual is not null)
        {
            Value(lines, "came", test.Actual);
        }

        if (test.Expected is not null)
        {
            Value(lines, "expected", test.Expected);
        }

        if (test.Printed is not null)
        {
            Value(lines, "printed", test.Printed.TrimEnd());
        }
    }

    private static void Value(List<ReportLine> lines, string label, string value)
    {
        foreach (string line in PlainText.Clean(value).Split('\n'))
        {
            lines.Add(new ReportLine(LineRole.Muted, $"{Inner}{label.PadRight(LabelWidth)}{line}".TrimEnd()));
            label = string.Empty;
        }
    }

    private static void Hints(List<ReportLine> lines, CheckedExercise item, CheckOptions options)
    {
        for (int i = 0; i < (options.ShowHints ? item.HintsOpened : 0); i++)
        {
            Prose(lines, LineRole.Hint, Indent, Indent + Indent, $"{Wording.HintName(item, i)}: {item.Exercise.Hints[i]}", options);
        }

        bool allShown = options.ShowHints && item.HintsOpened == item.Exercise.Hints.Count;
        if (Wording.HintsLeft(item) is { } left && !allShown)
        {
            lines.Add(new ReportLine(LineRole.Hint, $"{Indent}{left} {Wording.HintCommand(item, options)}"));
        }
    }

    /// <summary>Breaks prose at spaces; a word longer than the line stands alone.</summary>
    private static void Prose(List<ReportLine> lines, LineRole role, string first, string next, string text, CheckOptions options)
    {
        string line = first;
        bool empty = true;
        foreach (string word in PlainText.Line(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!empty && line.Length + 1 + word.Length > options.Width)
            {
                lines.Add(new ReportLine(role, line));
                (line, empty) = (next, true);
            }

            line += empty ? word : " " + word;
            empty = false;
        }

        lines.Add(new ReportLine(role, line.TrimEnd()));
    }
}
