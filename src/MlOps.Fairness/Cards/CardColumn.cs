namespace MlOps.Fairness.Cards;

/// <summary>A column of a data set on a card. Values are not shown: they may be personal.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">text, truth value, whole number, number or time.</param>
/// <param name="Missing">How many rows have no value.</param>
public sealed record CardColumn(string Name, string Type, long Missing);
