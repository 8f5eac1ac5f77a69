using System.Globalization;
using System.Text;
using Npgsql;

namespace MlOps.Tracking.Sql;

/// <summary>What PostgreSQL's failures mean to the user of a store.</summary>
internal static class PostgresFaults
{
    internal static TrackingException Explain(string name, TimeSpan patience, Exception fault)
    {
        (TrackingError error, string text) = fault switch
        {
            PostgresException told => Explain(told, patience),
            EncoderFallbackException => (TrackingError.InvalidParameterValue, "a text has half of a surrogate pair, which no encoding can hold."),
            _ => (TrackingError.TemporarilyUnavailable, $"it cannot be reached ({fault.InnerException?.Message ?? fault.Message})."),
        };
        return new TrackingException(error, $"The store {name}: {text}", fault);
    }

    private static (TrackingError Error, string Text) Explain(PostgresException fault, TimeSpan patience) => fault.SqlState switch
    {
        PostgresErrorCodes.LockNotAvailable => (
            TrackingError.TemporarilyUnavailable,
            string.Create(CultureInfo.InvariantCulture, $"somebody else has locked it for more than {patience.TotalSeconds:0.###} s. Nothing was written; try again.")),
        PostgresErrorCodes.DiskFull => (TrackingError.TemporarilyUnavailable, "its disk is full. Nothing was written; make room and try again."),
        PostgresErrorCodes.InsufficientPrivilege => (TrackingError.PermissionDenied, $"you may not do that ({fault.MessageText}). Tables are made in the first schema of search_path."),
        PostgresErrorCodes.ReadOnlySqlTransaction => (TrackingError.PermissionDenied, "it can be read but not written."),
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => (TrackingError.PermissionDenied, $"{fault.MessageText}."),
        PostgresErrorCodes.InvalidCatalogName => (TrackingError.InvalidParameterValue, $"{fault.MessageText}. Make it: createdb"),
        PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter => (
            TrackingError.InvalidParameterValue, "a text holds the character U+0000, which PostgreSQL cannot keep."),
        PostgresErrorCodes.ProgramLimitExceeded => (TrackingError.InvalidParameterValue, $"a text is too long for it ({fault.MessageText})."),
        { } state when fault.IsTransient || state.StartsWith("53", StringComparison.Ordinal) || state.StartsWith("57", StringComparison.Ordinal) || state.StartsWith("08", StringComparison.Ordinal) =>
            (TrackingError.TemporarilyUnavailable, $"{fault.MessageText}. Nothing was written; try again."),
        _ => (TrackingError.InternalError, $"PostgreSQL says: {fault.MessageText} ({fault.SqlState})."),
    };
}
