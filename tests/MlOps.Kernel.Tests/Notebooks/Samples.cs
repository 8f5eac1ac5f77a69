namespace MlOps.Kernel.Tests.Notebooks;

internal static class Samples
{
    internal const string EveryKindOfCell = """
        {
          "metadata": {"kernelspec": {"name": "mlops-csharp", "display_name": "C# (MlOps Course)", "language": "C#"}, "custom": {"deep": "kept"}},
          "nbformat": 4, "nbformat_minor": 5,
          "cells": [
            {"cell_type": "markdown", "id": "intro", "metadata": {"vendor": 7}, "attachments": {"x.png": {"image/png": "AAAA"}}, "source": ["# Title\n", "<b>π & 🙂</b>"]},
            {"cell_type": "raw", "id": "raw", "metadata": {}, "source": "raw"},
            {"cell_type": "code", "id": "code", "metadata": {"tags": ["raises-exception"]}, "execution_count": 3, "source": "1 + 1",
             "outputs": [
               {"output_type": "stream", "name": "stdout", "text": ["a\n", "b"]},
               {"output_type": "display_data", "metadata": {}, "data": {"text/plain": "chart", "application/vnd.plotly.v1+json": {"data": [], "layout": {}}}},
               {"output_type": "execute_result", "execution_count": 3, "metadata": {}, "data": {"text/plain": "2"}},
               {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["line 1", "line 2"]}
             ]}
          ]
        }
        """;
}
