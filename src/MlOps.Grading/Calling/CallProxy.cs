using System.Reflection;

namespace MlOps.Grading.Calling;

/// <summary>Stands in a test for a student's type or object. Public only because the runtime derives from it.</summary>
public class CallProxy : DispatchProxy
{
    private StudentCode? _code;

    /// <summary>The interface it stands for.</summary>
    internal Type Contract { get; private set; } = typeof(object);

    /// <summary>The object's number in the host; 0 for a type.</summary>
    internal int Number { get; private set; }

    internal static object Create(StudentCode code, Type contract, int number)
    {
        object made = Create(contract, typeof(CallProxy));
        var proxy = (CallProxy)made;
        (proxy._code, proxy.Contract, proxy.Number) = (code, contract, number);
        return made;
    }

    internal bool BelongsTo(StudentCode code) => ReferenceEquals(_code, code);

    /// <summary>Names what it stands for; the student's own ToString is not asked.</summary>
    public override string ToString() => Number == 0 ? ContractMember.TypeNameOf(Contract) : FormattableString.Invariant($"{ContractMember.TypeNameOf(Contract)}#{Number}");

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _code!.Invoke(Contract, targetMethod!, Number, args ?? []);
}
