namespace MlOps.Fairness.Cards;

/// <summary>An answer file or a document's JSON is not of the form that is needed; the message says where.</summary>
/// <param name="message">What is wrong, and where.</param>
/// <param name="innerException">The cause, if another exception told it.</param>
public sealed class CardFormatException(string message, Exception? innerException = null) : FormatException(message, innerException);
