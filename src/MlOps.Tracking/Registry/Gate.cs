namespace MlOps.Tracking.Registry;

/// <summary>A condition that a version must meet before an alias moves to it. What it found goes into the promotion log.</summary>
/// <remarks>
/// <code>
/// registry.Promote("credit", 7, "champion",
///     [Gate.Metric("auc", atLeast: 0.8), Gate.NotWorse("auc", than: "champion", by: 0.01), Gate.Signature(), Gate.Approved(notBy: "asha")],
///     new PromotionNote("ravi", "better on the newest quarter"));
/// </code>
/// A gate sees the version, its run and the registry (<see cref="GateContext"/>). One that throws has failed, with the exception's message.
/// </remarks>
public sealed partial class Gate
{
    private readonly Func<GateContext, GateResult> _check;

    private Gate(string name, Func<GateContext, GateResult> check) => (Name, _check) = (name, check);

    /// <summary>Gets what it is called in results and in the log.</summary>
    public string Name { get; }

    /// <summary>Makes a gate from a condition.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="condition">True lets the version through.</param>
    public static Gate Of(string name, Func<GateContext, bool> condition)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(condition);
        return new Gate(name, context => condition(context) ? new GateResult(name, true, "holds") : new GateResult(name, false, "does not hold"));
    }

    /// <summary>Makes a gate that says what it found.</summary>
    /// <param name="name">What it is called; a result's own name does not count.</param>
    /// <param name="check">What it does.</param>
    public static Gate Of(string name, Func<GateContext, GateResult> check)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(check);
        return new Gate(name, context => check(context) is { } result ? result with { Name = name } : new GateResult(name, false, "said nothing"));
    }

    /// <summary>Runs the gate.</summary>
    /// <param name="context">What it looks at.</param>
    /// <returns>What it found; a failure with the message of whatever it threw.</returns>
    public GateResult Check(GateContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            return _check(context);
        }
        catch (Exception e)
        {
            return new GateResult(Name, false, $"could not be checked: {e.GetType().Name}: {e.Message}");
        }
    }

    /// <summary>Returns <see cref="Name"/>.</summary>
    public override string ToString() => Name;
}
