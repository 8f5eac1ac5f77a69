using System.Diagnostics;

namespace MlOps.Learning;

/// <summary>What estimators tell whoever wants to watch them, such as an experiment tracker.</summary>
/// <remarks>
/// They are raised on the <see cref="DiagnosticListener"/> of the name <see cref="ListenerName"/>, so a watcher needs no reference to this library. A payload is an
/// <see cref="IReadOnlyDictionary{TKey,TValue}"/> from text to values of .NET's own types. Classifiers, regressors and <see cref="Neural.Trainer"/> tell; what is fitted without
/// targets does not. Nothing is collected while nobody listens. What a watcher throws ends the fit.
/// </remarks>
public static class LearningEvents
{
    /// <summary>The name of the listener.</summary>
    public const string ListenerName = "MlOps.Learning";

    /// <summary>
    /// A fit begins: <c>id</c> (<see cref="long"/>, unique in the process), <c>parent</c> (the id of the fit that this one is a part of; 0 if none), <c>estimator</c> (the type's name),
    /// <c>settings</c> (an array of <see cref="KeyValuePair{TKey,TValue}"/> from text to number, text, truth value, enum or null), <c>rows</c> and <c>columns</c> (<see cref="int"/>).
    /// </summary>
    public const string FitBegun = "FitBegun";

    /// <summary>
    /// A fit has ended: <c>id</c>, <c>seconds</c> (<see cref="double"/>), <c>succeeded</c> (false if an exception ended it), <c>scoreName</c> (<c>accuracy</c>, <c>r2</c>, or null)
    /// and <c>score</c>, a <see cref="Func{TResult}"/> of <see cref="double"/> that predicts the training rows when it is called, or null.
    /// </summary>
    public const string FitEnded = "FitEnded";

    /// <summary>
    /// A network's epoch or a boosting round has ended: <c>id</c> of the fit, <c>epoch</c> (from 1), <c>metrics</c> (an array of <see cref="KeyValuePair{TKey,TValue}"/> from text to
    /// <see cref="double"/>: <c>loss</c>, and where known <c>accuracy</c>, <c>val_loss</c>, <c>val_accuracy</c>, <c>learning_rate</c>). Boosting tells its rounds when all are done.
    /// </summary>
    public const string EpochEnded = "EpochEnded";
}
