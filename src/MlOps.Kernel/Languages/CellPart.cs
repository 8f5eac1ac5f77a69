using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Languages;

/// <summary>A stretch of a cell that runs as one: lines of one language, or a directive that acts.</summary>
/// <param name="Cell">The text it belongs to.</param>
/// <param name="Directive">What makes C# of it.</param>
/// <param name="Language">The language at this place; <paramref name="Directive"/> itself unless that only acts.</param>
/// <param name="Arguments">The rest of the directive's line, trimmed.</param>
/// <param name="Body">Its lines; empty for a directive that acts.</param>
/// <param name="Line">The line, from 0, that run-time errors name: the directive's, or the first of the body if there is none.</param>
/// <param name="BodyLine">The line, from 0, where the body starts.</param>
internal sealed record CellPart(CellText Cell, CellDirective Directive, CellDirective Language, string Arguments, string Body, int Line, int BodyLine)
{
    /// <summary>The C# of this part, on the line where errors shall find it.</summary>
    internal string ToCode()
    {
        string code = Directive.ToCode(Arguments, Body);
        int line = ReferenceEquals(Directive, BuiltInDirectives.CSharp) ? BodyLine : Line;
        return line == 0 ? code : new string('\n', line) + code;
    }
}
