using System.Globalization;
using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Languages;

/// <summary>A line that starts with <c>#!</c> cannot be carried out. The message says what came and what is needed.</summary>
public sealed class DirectiveException : Exception
{
    private readonly CellText? _cell;
    private readonly int _line;

    /// <summary>Creates the exception without a message.</summary>
    public DirectiveException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What came and what is needed.</param>
    public DirectiveException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What came and what is needed.</param>
    /// <param name="innerException">The cause.</param>
    public DirectiveException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal DirectiveException(string message, CellText cell, int line, Exception? innerException = null)
        : base(message, innerException) => (_cell, _line) = (cell, line);

    /// <summary>The same error with its place, unless it has one.</summary>
    internal DirectiveException At(CellText cell, int line) => _cell is null ? new DirectiveException(Message, cell, line, this) : this;

    /// <summary>The error as the cell shows it: place, message, the line.</summary>
    internal ErrorOutput ToOutput() => new(nameof(DirectiveException), Message, _cell is null
        ? [Message]
        : [string.Create(CultureInfo.InvariantCulture, $"{_cell.Label}, line {_line + 1}: {Message}"), "    " + _cell.Line(_line).Trim()]);
}
