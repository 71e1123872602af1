if (([Net.ServicePointManager]::SecurityProtocol -band 3072) -eq 0) {
  [Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bxor 3072
}
