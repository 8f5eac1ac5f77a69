using MlOps.Learning.Neural;

namespace MlOps.Explain.Images;

/// <summary>The work of <see cref="Superpixels.Slic"/>.</summary>
internal sealed class Slic
{
    private const int Rounds = 10;
    private const int Coordinates = 5; // L, a, b, row, column

    private readonly int _width;
    private readonly int _height;
    private readonly double _step;
    private readonly double _placeWeight; // (m / S)²
    private readonly double[] _colours; // L, a, b of each pixel

    internal Slic(Tensor image, int count, double compactness)
    {
        (_width, _height) = (image.Shape.Width, image.Shape.Height);
        _step = Math.Sqrt((double)image.Shape.Area / count);
        _placeWeight = compactness / _step * (compactness / _step);
        _colours = CieLab.Of(image);
    }

    internal int[] Labels()
    {
        double[] centres = Start();
        var labels = new int[_width * _height];
        for (int round = 0; round < Rounds; round++)
        {
            Assign(centres, labels);
            Move(centres, labels);
        }

        return Joined(labels);
    }

    /// <summary>Centres on a grid, each moved to the smoothest of the nine pixels around it, off edges and specks.</summary>
    private double[] Start()
    {
        int rows = Math.Max(1, (int)Math.Round(_height / _step));
        int columns = Math.Max(1, (int)Math.Round(_width / _step));
        var centres = new double[rows * columns * Coordinates];
        for (int k = 0; k < rows * columns; k++)
        {
            int row = (int)(((k / columns) + 0.5) * _height / rows);
            int column = (int)(((k % columns) + 0.5) * _width / columns);
            (int bestRow, int bestColumn, double best) = (row, column, double.PositiveInfinity);
            for (int i = Math.Max(0, row - 1); i <= Math.Min(_height - 1, row + 1); i++)
            {
                for (int j = Math.Max(0, column - 1); j <= Math.Min(_width - 1, column + 1); j++)
                {
                    double steepness = Steepness(i, j);
                    if (steepness < best)
                    {
                        (bestRow, bestColumn, best) = (i, j, steepness);
                    }
                }
            }

            _colours.AsSpan(((bestRow * _width) + bestColumn) * 3, 3).CopyTo(centres.AsSpan(k * Coordinates));
            (centres[(k * Coordinates) + 3], centres[(k * Coordinates) + 4]) = (bestRow, bestColumn);
        }

        return centres;
    }

    private double Steepness(int row, int column)
    {
        (int above, int below) = (Math.Max(0, row - 1), Math.Min(_height - 1, row + 1));
        (int left, int right) = (Math.Max(0, column - 1), Math.Min(_width - 1, column + 1));
        double sum = 0;
        for (int c = 0; c < 3; c++)
        {
            double down = _colours[(((below * _width) + column) * 3) + c] - _colours[(((above * _width) + column) * 3) + c];
            double along = _colours[(((row * _width) + right) * 3) + c] - _colours[(((row * _width) + left) * 3) + c];
            sum += (down * down) + (along * along);
        }

        return sum;
    }

    private void Assign(double[] centres, int[] labels)
    {
        var nearest = new double[labels.Length];
        Array.Fill(nearest, double.PositiveInfinity);
        for (int k = 0; k < centres.Length / Coordinates; k++)
        {
            ReadOnlySpan<double> centre = centres.AsSpan(k * Coordinates, Coordinates);
            int top = Math.Max(0, (int)(centre[3] - (2 * _step)));
            int bottom = Math.Min(_height - 1, (int)(centre[3] + (2 * _step) + 1));
            int left = Math.Max(0, (int)(centre[4] - (2 * _step)));
            int right = Math.Min(_width - 1, (int)(centre[4] + (2 * _step) + 1));
            for (int i = top; i <= bottom; i++)
            {
                for (int j = left; j <= right; j++)
                {
                    int at = (i * _width) + j;
                    double distance = Distance(centre, _colours.AsSpan(at * 3, 3), i, j);
                    if (distance < nearest[at])
                    {
                        (nearest[at], labels[at]) = (distance, k);
                    }
                }
            }
        }
    }

    private double Distance(ReadOnlySpan<double> centre, ReadOnlySpan<double> colour, int row, int column)
    {
        double light = centre[0] - colour[0];
        double a = centre[1] - colour[1];
        double b = centre[2] - colour[2];
        double down = centre[3] - row;
        double along = centre[4] - column;
        return (light * light) + (a * a) + (b * b) + (_placeWeight * ((down * down) + (along * along)));
    }

    private void Move(double[] centres, int[] labels)
    {
        var sums = new double[centres.Length];
        var counts = new int[centres.Length / Coordinates];
        for (int i = 0; i < labels.Length; i++)
        {
            Span<double> sum = sums.AsSpan(labels[i] * Coordinates, Coordinates);
            for (int c = 0; c < 3; c++)
            {
                sum[c] += _colours[(i * 3) + c];
            }

            sum[3] += i / _width;
            sum[4] += i % _width;
            counts[labels[i]]++;
        }

        for (int i = 0; i < centres.Length; i++)
        {
            int count = counts[i / Coordinates];
            centres[i] = count > 0 ? sums[i] / count : centres[i]; // a centre without pixels stays where it is
        }
    }

    /// <summary>Numbers the pieces that hang together anew, from the top left; one that is too small goes to the piece met before it next to it.</summary>
    private int[] Joined(int[] labels)
    {
        int least = (int)(_step * _step / 4);
        var joined = new int[labels.Length];
        Array.Fill(joined, -1);
        var piece = new List<int>();
        int count = 0;
        for (int start = 0; start < labels.Length; start++)
        {
            if (joined[start] >= 0)
            {
                continue;
            }

            int neighbour = Neighbours(start).Select(at => joined[at]).FirstOrDefault(label => label >= 0, -1);
            piece.Clear();
            piece.Add(start);
            joined[start] = count;
            for (int k = 0; k < piece.Count; k++)
            {
                foreach (int at in Neighbours(piece[k]))
                {
                    if (joined[at] < 0 && labels[at] == labels[start])
                    {
                        joined[at] = count;
                        piece.Add(at);
                    }
                }
            }

            if (piece.Count < least && neighbour >= 0)
            {
                piece.ForEach(at => joined[at] = neighbour);
            }
            else
            {
                count++;
            }
        }

        return joined;
    }

    private IEnumerable<int> Neighbours(int at)
    {
        if (at % _width > 0)
        {
            yield return at - 1;
        }

        if (at >= _width)
        {
            yield return at - _width;
        }

        if (at % _width < _width - 1)
        {
            yield return at + 1;
        }

        if (at < _width * (_height - 1))
        {
            yield return at + _width;
        }
    }
}
