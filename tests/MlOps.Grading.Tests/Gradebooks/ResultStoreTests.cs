using MlOps.Grading.Gradebooks;
using MlOps.Grading.Results;
using MlOps.Grading.Submissions;

namespace MlOps.Grading.Tests.Gradebooks;

public class ResultStoreTests
{
    private static readonly Submission Anna = new("Anna, the \"first\"", "anna", [new SubmittedFile("week12/12.3-psi.cs", [1, 2, 3], null, default)], []);

    private static readonly SubmissionResult Result = new(Anna.Student, 12,
    [
        new ExerciseResult("12.3", 4, ExerciseStatus.Graded,
        [
            new TestOutcome("A_B", "A B", 1.1, TestVerdict.Passed) { Printed = "🙂\n<b>\u0001" },
            new TestOutcome("C_D", "C D", 2.9, TestVerdict.TimedOut) { HeldBack = "rare case", Message = "m", Expected = "1", Actual = "2", Calls = [new CallRecord("F(1)", "2")] },
        ]),
        new ExerciseResult("12.4", 4, ExerciseStatus.Unreadable, []) { Problems = ["too large"] },
    ])
    { Notes = ["note"] };

    [Fact]
    public void TryRead_WhatWasWritten_IsTheSameInEveryPart()
    {
        using var sheets = new Sheets();
        var store = new ResultStore(sheets.Folder);
        Assert.False(store.TryRead(Anna, 12, "course", out SubmissionResult? none));
        Assert.Null(none);

        store.Write(Anna, "course", Result);

        Assert.True(store.TryRead(Anna, 12, "course", out SubmissionResult? read));
        Assert.Equal((Result.Student, 12), (read.Student, read.Week));
        Assert.Equal(Result.Notes, read.Notes);
        Assert.Equal(1.1, read.Exercises[0].Points);
        Assert.Equal(Result.Exercises[0].Tests[0] with { Calls = [] }, read.Exercises[0].Tests[0] with { Calls = [] });
        Assert.Equal(Result.Exercises[0].Tests[1] with { Calls = [] }, read.Exercises[0].Tests[1] with { Calls = [] });
        Assert.Equal(Result.Exercises[0].Tests[1].Calls, read.Exercises[0].Tests[1].Calls);
        Assert.Equal((ExerciseStatus.Unreadable, "too large"), (read.Exercises[1].Status, read.Exercises[1].Problems[0]));
        Assert.Equal([sheets.At(Path.Combine("results", Anna.Key, "week12.json"))], Directory.GetFiles(sheets.Folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void TryRead_AnythingElseThatTheResultDependsOn_IsNotFound()
    {
        using var sheets = new Sheets();
        var store = new ResultStore(sheets.Folder);
        store.Write(Anna, "course", Result);

        Assert.False(store.TryRead(Anna, 12, "course 2", out _));
        Assert.False(store.TryRead(Anna, 11, "course", out _));
        Assert.False(store.TryRead(Anna with { Files = [Anna.Files[0] with { Bytes = [1, 2, 4] }] }, 12, "course", out _));
        Assert.False(store.TryRead(Anna with { Student = "another, with the same key" }, 12, "course", out _));
        File.Copy(sheets.At($"results/{Anna.Key}/week12.json"), sheets.At($"results/{Anna.Key}/week11.json"));
        Assert.False(store.TryRead(Anna, 11, "course", out _));
        Assert.True(store.TryRead(Anna with { Notes = ["x"] }, 12, "course", out _));
    }

    [Fact]
    public void TryRead_FileCutAnywhere_CountsAsNotThere()
    {
        using var sheets = new Sheets();
        (ResultStore store, string path, byte[] whole) = Written(sheets);
        for (int length = 0; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.False(store.TryRead(Anna, 12, "course", out _));
        }
    }

    [Fact]
    public void TryRead_OneByteChanged_CountsAsNotThere()
    {
        using var sheets = new Sheets();
        (ResultStore store, string path, byte[] whole) = Written(sheets);
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 1; // also turns one digit of points into another
            File.WriteAllBytes(path, damaged);
            Assert.False(store.TryRead(Anna, 12, "course", out _), $"byte {i}");
        }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"fingerprint\":null,\"checksum\":null,\"result\":null}")]
    [InlineData("{\"fingerprint\":\"a\",\"checksum\":\"b\"}")]
    public void TryRead_JsonOfAnotherShape_CountsAsNotThere(string text)
    {
        using var sheets = new Sheets();
        (ResultStore store, string path, _) = Written(sheets);
        File.WriteAllText(path, text);

        Assert.False(store.TryRead(Anna, 12, "course", out _));
    }

    [Fact]
    public void Write_Again_ReplacesTheOldResult()
    {
        using var sheets = new Sheets();
        (ResultStore store, string path, byte[] whole) = Written(sheets);
        File.WriteAllBytes(path, whole[..20]);
        store.Write(Anna, "course", Result with { Notes = ["second"] });

        Assert.True(store.TryRead(Anna, 12, "course", out SubmissionResult? read));
        Assert.Equal(["second"], read.Notes);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void Write_ResultOfAnotherStudent_IsRefused()
    {
        using var sheets = new Sheets();

        Assert.Throws<ArgumentException>("result", () => new ResultStore(sheets.Folder).Write(Anna, "course", Result with { Student = "ben" }));
        Assert.Empty(Directory.GetFileSystemEntries(sheets.Folder));
    }

    [Fact]
    public void Write_NamesThatWouldLeaveTheFolder_StayInIt()
    {
        using var sheets = new Sheets();
        foreach (string student in new[] { "..", "../../x", "/etc", "a\nb", "CON" })
        {
            new ResultStore(sheets.At("out")).Write(Anna with { Student = student, Key = new Submission(student, "", [], []).Key }, "course", Result with { Student = student });
        }

        Assert.Equal(["out"], Directory.GetFileSystemEntries(sheets.Folder).Select(Path.GetFileName));
        Assert.Equal(5, Directory.GetDirectories(sheets.At("out/results")).Length);
    }

    private static (ResultStore Store, string Path, byte[] Bytes) Written(Sheets sheets)
    {
        var store = new ResultStore(sheets.Folder);
        store.Write(Anna, "course", Result);
        string path = sheets.At($"results/{Anna.Key}/week12.json");
        return (store, path, File.ReadAllBytes(path));
    }
}
