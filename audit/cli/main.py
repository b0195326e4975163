def main(argv=None): return 0
def run(): raise SystemExit(main())
