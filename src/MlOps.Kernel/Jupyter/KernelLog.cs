namespace MlOps.Kernel.Jupyter;

/// <summary>The kernel's own log: standard error, which front ends show when a kernel misbehaves. What cells print does not come here.</summary>
internal static class KernelLog
{
    private const int MaxLines = 1000; // a peer that sends nonsense must not fill the disk of who keeps the log
    private const int MaxLength = 2000;

    private static readonly Lock s_gate = new();
    private static readonly Stream s_error = Console.OpenStandardError();
    private static int s_lines;

    internal static void Write(string text)
    {
        lock (s_gate)
        {
            if (++s_lines > MaxLines)
            {
                return;
            }

            string said = s_lines == MaxLines ? "this is the last line of the log: it is full" : text.Length > MaxLength ? text[..MaxLength] + " …" : text;
            byte[] line = System.Text.Encoding.UTF8.GetBytes($"mlops kernel: {said}\n");
            try
            {
                s_error.Write(line);
                s_error.Flush();
            }
            catch (IOException)
            {
                // The front end has closed its end: nobody is left to read the log.
            }
        }
    }
}
