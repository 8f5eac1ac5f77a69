using FsCheck;
using FsCheck.Fluent;
using MlOps.Kernel.Editing;

namespace MlOps.Kernel.Tests.Editing;

/// <summary>Whatever the text and wherever the position, an answer comes.</summary>
public sealed class AnyTextTests : IDisposable
{
    private static readonly Config Cases = Config.QuickThrowOnFailure.WithMaxTest(120);

    private readonly EditorSession _session = new EditorSession().Run("var xs = new List<int> { 1 };");

    /// <summary>Pieces of C#, which go wrong in more ways than random letters do.</summary>
    private static readonly Gen<string> Pieces = Gen.Elements(
        "xs", ".", "(", ")", "{", "}", "[", "]", "<", ">", ",", ";", "\"", "\"\"\"", "$\"{", "'", "@", "/*", "*/", "//", "///<x>", "\n", "\r", " ", "\t", "#", "#!", "#!html\n", "#!csharp\n",
        "#r \"", "#load \"\0", "#if X\n", "#endif\n", "class A", "new", "with", "is", "switch", "=>", "=", "var", "int", "await", "from x in xs", "select", "😀", "\uD83D", "\0", "1", "0x", "1.", "?.", "::", "async", "record R(", "enum E {", "[A(", "namespace N");

    private static readonly Gen<string> Code = Gen.OneOf(
        Pieces.ListOf().Select(static pieces => string.Concat(pieces)),
        ArbMap.Default.GeneratorFor<string>().Select(static text => text ?? ""));

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Complete_AnyTextAnyPosition_AnswersInsideTheText() =>
        Prop.ForAll(Code.ToArbitrary(), ArbMap.Default.ArbFor<int>(), (code, position) =>
        {
            Completions completions = _session.Editor.Complete(code, position, CancellationToken.None);
            return 0 <= completions.Start && completions.Start <= completions.End && completions.End <= code.Length;
        }).Check(Cases);

    [Fact]
    public void Inspect_AnyTextAnyPosition_Answers() =>
        Prop.ForAll(Code.ToArbitrary(), ArbMap.Default.ArbFor<int>(), (code, position) =>
        {
            _session.Editor.Inspect(code, position, position & 1, CancellationToken.None);
        }).Check(Cases);

    [Fact]
    public void Check_AnyText_Answers() =>
        Prop.ForAll(Code.ToArbitrary(), code => Enum.IsDefined(_session.Editor.Check(code).Status)).Check(Cases);

    [Fact]
    public void CellText_AnyText_KeepsPositionsAndLines() =>
        Prop.ForAll(Code.ToArbitrary(), code =>
        {
            string csharp = new CellText(code, EditorSession.Directives).CSharp;
            return csharp.Length == code.Length && csharp.Zip(code).All(pair => pair.First == pair.Second || (pair.First == ' ' && pair.Second is not ('\r' or '\n')));
        }).Check(Cases);

    [Theory]
    [InlineData(int.MinValue, 0)]
    [InlineData(-1, 0)]
    [InlineData(3, 2)] // between the halves of the face
    [InlineData(99, 5)]
    public void Complete_OddPosition_IsMovedIntoTheText(int position, int end) =>
        Assert.Equal(end, _session.Editor.Complete("xs😀s", position, CancellationToken.None).End);
}
