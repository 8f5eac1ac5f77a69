using MlOps.Grading.Results;

namespace MlOps.Grading.Calling;

/// <summary>The last calls, as a person reads them.</summary>
internal sealed class CallLog
{
    private const int Kept = 3;
    private const int LongestCall = 300;

    private readonly Queue<CallRecord> _calls = new();

    internal void Add(string call, string result)
    {
        _calls.Enqueue(new CallRecord(ShortText.Of(call, LongestCall), ShortText.Of(result, LongestCall)));
        if (_calls.Count > Kept)
        {
            _calls.Dequeue();
        }
    }

    internal IReadOnlyList<CallRecord> Take()
    {
        CallRecord[] calls = [.. _calls];
        _calls.Clear();
        return calls;
    }

    /// <summary><c>Psi([0.15, …], 3)</c>, <c>new PageHinkley(50)</c>, <c>PageHinkley.Mean</c>, <c>Mean = 3</c>.</summary>
    internal static string Spell(ContractMember member, object?[] arguments) => member switch
    {
        { IsConstructor: true } => $"new {member.Name}({Spell(arguments)})",
        { How: "get" } => member.IsStatic ? $"{member.TypeName}.{member.Name}" : member.Name,
        { How: "set" } => $"{member.Name} = {ValueText.Of(arguments[0])}",
        _ => $"{member.Name}({Spell(arguments)})",
    };

    private static string Spell(object?[] arguments) => string.Join(", ", arguments.Select(ValueText.Of));
}
